package io.kombine.batch.problem.web;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException.Reference;

/** Paths of fields as clients write them: snake case, indexes in brackets. */
final class FieldPaths {

  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  private FieldPaths() {}

  /** Of a place in a JSON document. */
  static String of(List<Reference> path) {
    StringBuilder text = new StringBuilder();
    for (Reference step : path) {
      if (step.getPropertyName() == null) {
        text.append('[').append(step.getIndex()).append(']');
      } else {
        if (!text.isEmpty()) {
          text.append('.');
        }
        text.append(step.getPropertyName());
      }
    }
    return text.toString();
  }

  /** Of a Java property such as {@code i2iConfig.prompts[2]}. */
  static String of(String javaPath) {
    String[] parts = javaPath.split("\\.", -1);
    for (int i = 0; i < parts.length; i++) {
      int bracket = parts[i].indexOf('[');
      String name = bracket < 0 ? parts[i] : parts[i].substring(0, bracket);
      parts[i] =
          HUMP.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT)
              + parts[i].substring(name.length());
    }
    return String.join(".", parts);
  }
}
