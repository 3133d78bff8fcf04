package io.kombine.batch.web;

import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header by which a client makes its creating requests repeatable. */
public final class IdempotencyKey {

  public static final String HEADER = "Idempotency-Key";

  private static final Pattern VALID = Pattern.compile("[\\x21-\\x7e]{1,200}");

  private IdempotencyKey() {}

  /** Whether it is 1 to 200 visible ASCII characters. */
  public static boolean isValid(String key) {
    return VALID.matcher(key).matches();
  }

  /** The key as it is, absent where it is; refused when it is neither. */
  public static @Nullable String checked(@Nullable String key) {
    if (key != null && !isValid(key)) {
      throw ProblemException.of(
          ProblemType.INVALID_IDEMPOTENCY_KEY,
          FieldProblem.of(HEADER, "must be 1 to 200 visible ASCII characters"));
    }
    return key;
  }
}
