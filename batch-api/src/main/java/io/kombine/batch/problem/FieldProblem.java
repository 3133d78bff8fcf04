package io.kombine.batch.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one field of a request.
 *
 * @param field its path as the client wrote it, such as {@code i2i_config.prompts[2]}
 * @param message one sentence for people
 * @param accepted the values that would be taken, where they can be listed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FieldProblem(String field, String message, @Nullable List<String> accepted) {

  /** The most accepted values that are listed. */
  private static final int MAX_ACCEPTED = 100;

  public FieldProblem {
    accepted = accepted == null ? null : List.copyOf(accepted);
  }

  public static FieldProblem of(String field, String message) {
    return new FieldProblem(field, message, null);
  }

  public static FieldProblem of(String field, String message, Collection<String> accepted) {
    return new FieldProblem(
        field, message, accepted.stream().sorted().limit(MAX_ACCEPTED).toList());
  }
}
