package io.kombine.i2i.provider.gemini;

import com.google.genai.types.Schema;
import com.google.genai.types.Type;
import java.util.Map;

/**
 * What an analysis is asked to say. Its field names are those that an image step's prompt and the
 * built-in image model read: a style first, then what is seen.
 */
final class AnalysisSchema {

  static final Schema SCHEMA =
      object(
          Map.of(
              "summary", text("What the images show, in two sentences."),
              "style",
                  object(
                      Map.of(
                          "words", list("A word for mood, light or medium."),
                          "palette", list("A leading colour, as #rrggbb."),
                          "caption", text("One sentence to describe an image in this style."))),
              "images",
                  Schema.builder()
                      .type(Type.Known.ARRAY)
                      .description("One for each image, in their order.")
                      .items(
                          object(
                              Map.of(
                                  "subject", text("What it shows."),
                                  "composition", text("Where things are, and from which view."),
                                  "text", text("Words that are written in it; else empty."))))
                      .build()));

  private AnalysisSchema() {}

  private static Schema object(Map<String, Schema> fields) {
    return Schema.builder()
        .type(Type.Known.OBJECT)
        .properties(fields)
        .required(fields.keySet().stream().sorted().toList())
        .build();
  }

  private static Schema list(String each) {
    return Schema.builder().type(Type.Known.ARRAY).items(text(each)).build();
  }

  private static Schema text(String description) {
    return Schema.builder().type(Type.Known.STRING).description(description).build();
  }
}
