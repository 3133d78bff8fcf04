package io.kombine.batch.variant.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kombine.batch.problem.FieldProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an import did: every line that is right is imported, every other one is not and is reported.
 *
 * @param imported products that are in the catalog as their lines say
 * @param failed lines that are not imported
 * @param errors of the first {@value #MAX_ERRORS} such lines' fields
 */
public record ImportResult(int imported, int failed, List<LineError> errors) {

  /** The most errors that are told. */
  public static final int MAX_ERRORS = 200;

  public ImportResult {
    errors = List.copyOf(errors);
  }

  /**
   * @param line of the file, counted from 1; of a record that spans several lines, the first
   * @param field of the product; absent where the line as a whole is wrong
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record LineError(
      long line, @Nullable String field, String message, @Nullable List<String> accepted) {

    static LineError of(long line, FieldProblem problem) {
      return new LineError(line, problem.field(), problem.message(), problem.accepted());
    }
  }
}
