package io.kombine.batch.scenes;

import io.kombine.batch.problem.FieldProblems;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.scenes.ScenesRequest.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a pasted text: {@code scene_id | prompt | variants}, a line each. Lines without a
 * character are passed over; a line that is wrong is reported and the others are taken.
 *
 * @param items in the order of their lines
 * @param errors by line
 */
public record SceneText(List<Item> items, List<LineError> errors) {

  /** The longest text that is read. */
  static final int MAX_LENGTH = 400_000;

  private static final String FORM = "scene_id | prompt | variants";

  public SceneText {
    items = List.copyOf(items);
    errors = List.copyOf(errors);
  }

  /**
   * @param line counted from 1
   * @param field of the row; absent where the line as a whole is wrong
   * @param accepted what would be taken, where that can be said
   */
  public record LineError(
      int line, @Nullable String field, String message, @Nullable List<String> accepted) {}

  /**
   * Reads a text.
   *
   * @throws io.kombine.batch.problem.ProblemException when there is none, or far too much of it
   */
  public static SceneText parse(@Nullable String text) {
    FieldProblems invalid = new FieldProblems();
    if (text == null || text.isBlank()) {
      invalid.add("text", "is required and must not be blank");
    } else if (text.length() > MAX_LENGTH) {
      invalid.add("text", "must have at most " + MAX_LENGTH + " characters");
    }
    invalid.throwIfAny(ProblemType.INVALID_REQUEST);
    Lines lines = new Lines();
    int number = 0;
    for (String line : String.valueOf(text).lines().toList()) {
      number++;
      if (!line.isBlank()) {
        lines.read(number, line);
      }
    }
    return new SceneText(lines.items, lines.errors);
  }

  private static final class Lines {

    private static final int MAX_ERRORS = 100;
    private static final List<String> VARIANTS = List.of("1", "2", "3");

    private final List<Item> items = new ArrayList<>();
    private final List<LineError> errors = new ArrayList<>();
    private final Map<String, Integer> lineOf = new HashMap<>();

    void read(int line, String text) {
      int before = errors.size();
      if (errors.size() >= MAX_ERRORS) {
        return;
      }
      String[] parts = text.split("\\|", -1);
      if (parts.length != 3) {
        add(
            line,
            null,
            "must have 3 parts between vertical bars, not " + parts.length,
            List.of(FORM));
        return;
      }
      String sceneId = parts[0].strip();
      String prompt = parts[1].strip();
      String variants = parts[2].strip();
      check(line, "scene_id", sceneId, SceneChecks.MAX_SCENE_ID);
      check(line, "prompt", prompt, SceneChecks.MAX_PROMPT);
      if (!VARIANTS.contains(variants)) {
        add(line, "variants", "must be a whole number from 1 to 3", VARIANTS);
      }
      Integer first = sceneId.isEmpty() ? null : lineOf.putIfAbsent(sceneId, line);
      if (first != null) {
        add(line, "scene_id", "names the scene of line " + first, null);
      }
      if (errors.size() > before) {
        return;
      }
      if (items.size() == SceneChecks.MAX_ITEMS) {
        add(line, null, "is beyond the " + SceneChecks.MAX_ITEMS + " rows of a batch", null);
        return;
      }
      items.add(new Item(sceneId, prompt, Integer.valueOf(variants), null, null));
    }

    private void check(int line, String field, String value, int maxLength) {
      if (value.isEmpty()) {
        add(line, field, "is required", null);
      } else if (value.length() > maxLength) {
        add(line, field, "must have at most " + maxLength + " characters", null);
      } else if (value.chars().anyMatch(Character::isISOControl)) {
        add(line, field, "must not hold control characters", null);
      }
    }

    private void add(
        int line, @Nullable String field, String message, @Nullable List<String> accepted) {
      errors.add(new LineError(line, field, message, accepted));
    }
  }
}
