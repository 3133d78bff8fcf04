package io.kombine.batch.variant.catalog;

import io.kombine.batch.problem.FieldProblems;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt with places for what is known of a product: {@code {{title}}}, {@code {{asin}}}, {@code
 * {{variant}}} and {@code {{imageType}}}, with or without spaces inside the braces. What is put
 * into a place is taken as it is: braces in a title are no places.
 */
public record PromptTemplate(String text) {

  private static final Pattern PLACE = Pattern.compile("\\{\\{([^{}]*)}}");
  private static final List<String> NAMES =
      List.of("{{title}}", "{{asin}}", "{{variant}}", "{{imageType}}");

  /** Adds a problem for each place that nothing is known for, and for braces that do not close. */
  public static void check(FieldProblems problems, String field, String text) {
    Matcher places = PLACE.matcher(text);
    while (places.find()) {
      String name = "{{" + places.group(1).strip() + "}}";
      if (!NAMES.contains(name)) {
        problems.add(field, "has the unknown placeholder " + name, NAMES);
      }
    }
    if (PLACE.matcher(text).replaceAll("").contains("{{")) {
      problems.add(field, "has a placeholder that does not end with }}", NAMES);
    }
  }

  /** The prompt for a product; a place that {@link #check} would refuse stays as it is. */
  public String of(String title, String asin, String variant, String imageType) {
    Map<String, String> values = new TreeMap<>();
    values.put("title", title);
    values.put("asin", asin);
    values.put("variant", variant);
    values.put("imageType", imageType);
    return PLACE
        .matcher(text)
        .replaceAll(place ->
            Matcher.quoteReplacement(values.getOrDefault(place.group(1).strip(), place.group())));
  }
}
