package io.kombine.system.simulator.gemini;

import io.kombine.system.simulator.http.Json;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Makes a JSON value that a schema allows. Deeper than {@value #MAX_DEPTH} levels it gives null.
 */
final class SchemaFiller {

  static final int MAX_DEPTH = 20;
  private static final int MAX_ITEMS = 100;

  private SchemaFiller() {}

  static JsonNode fill(JsonNode schema, String words) {
    return fill(schema, words, 0);
  }

  private static JsonNode fill(JsonNode schema, String words, int depth) {
    if (depth > MAX_DEPTH) {
      return Json.MAPPER.nullNode();
    }
    if (!schema.path("enum").isEmpty()) {
      return schema.path("enum").path(0);
    }
    return switch (Json.text(schema, "type").toLowerCase(Locale.ROOT)) {
      case "object" -> {
        ObjectNode object = Json.object();
        for (var property : schema.path("properties").properties()) {
          object.set(
              property.getKey(),
              fill(property.getValue(), property.getKey() + ": " + words, depth + 1));
        }
        yield object;
      }
      case "array" -> {
        ArrayNode array = Json.array();
        int items = Math.clamp(schema.path("minItems").asInt(1), 1, MAX_ITEMS);
        for (int i = 0; i < items; i++) {
          array.add(fill(schema.path("items"), words, depth + 1));
        }
        yield array;
      }
      case "integer", "number" -> Json.MAPPER.valueToTree(schema.path("minimum").asInt(1));
      case "boolean" -> Json.MAPPER.valueToTree(true);
      default -> StringNode.valueOf(words);
    };
  }
}
