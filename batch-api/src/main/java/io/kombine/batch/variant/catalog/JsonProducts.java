package io.kombine.batch.variant.catalog;

import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import java.io.IOException;
import java.io.Reader;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads products of a JSON array of {@code {asin, title, images:[{variant, url}]}}. A product at a
 * time is in memory.
 */
final class JsonProducts {

  private JsonProducts() {}

  /**
   * Gives each element to the consumer.
   *
   * @throws ProblemException when the text is no JSON array
   */
  static void read(Reader text, JsonMapper json, Consumer<ImportedLine> consumer)
      throws IOException {
    // why: what follows an element is the next one
    ObjectReader elements =
        json.readerFor(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    try (JsonParser parser = json.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new ProblemException(
            ProblemType.INVALID_REQUEST, "The file must be a JSON array of products.");
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        long line = parser.currentTokenLocation().getLineNr();
        JsonNode element = elements.readValue(parser);
        consumer.accept(line(line, element, json));
      }
    } catch (StreamReadException malformed) {
      var place = malformed.getLocation();
      throw new ProblemException(
          ProblemType.MALFORMED_JSON,
          place == null
              ? "The file is not well-formed JSON."
              : "The file is not well-formed JSON at line %d, column %d."
                  .formatted(place.getLineNr(), place.getColumnNr()));
    }
  }

  private static ImportedLine line(long line, JsonNode element, JsonMapper json) {
    try {
      return element.isObject()
          ? ImportedLine.of(line, json.treeToValue(element, ProductInput.class))
          : ImportedLine.broken(line, "must be an object with asin, title and images");
    } catch (JacksonException mismatch) {
      StringBuilder field = new StringBuilder();
      mismatch
          .getPath()
          .forEach(step ->
              field.append(
                  step.getPropertyName() == null
                      ? "[" + step.getIndex() + "]"
                      : (field.isEmpty() ? "" : ".") + step.getPropertyName()));
      return ImportedLine.broken(line, "has a value of the wrong type in " + field);
    }
  }
}
