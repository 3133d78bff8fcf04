package io.kombine.batch.problem;

import org.jspecify.annotations.Nullable;

/** What every door asks of a text that people write. */
public final class Texts {

  private Texts() {}

  /**
   * The text as it is, or an empty one and a problem where it is missing, blank, too long or cannot
   * be stored.
   */
  public static String required(
      FieldProblems problems, String field, @Nullable String value, int maxLength) {
    if (value == null || value.isBlank()) {
      problems.add(field, "is required and must not be blank");
      return "";
    }
    return optional(problems, field, value, maxLength);
  }

  /** The same where it may be missing; absent is empty. */
  public static String optional(
      FieldProblems problems, String field, @Nullable String value, int maxLength) {
    if (value == null) {
      return "";
    }
    if (value.length() > maxLength) {
      problems.add(field, "must have at most " + maxLength + " characters");
    } else if (!isStorable(value)) {
      problems.add(field, "must not hold NUL or half of a surrogate pair");
    }
    return value;
  }

  /** Whether a database takes it. */
  public static boolean isStorable(String text) {
    return text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
  }
}
