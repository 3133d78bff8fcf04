package io.kombine.batch.door;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * An OpenAPI document, and whether values are what its schemas say. Reads what ours use of JSON
 * Schema.
 */
record ApiDocument(JsonNode root) {

  JsonNode resolved(JsonNode schema) {
    return schema.has("$ref")
        ? resolved(root.at(schema.at("/$ref").asString().substring(1)))
        : schema;
  }

  /** All that is wrong with a value. */
  List<String> violations(JsonNode value, JsonNode schema) {
    List<String> found = new ArrayList<>();
    check("", value, schema, found);
    return found;
  }

  private void check(String at, JsonNode value, JsonNode given, List<String> found) {
    JsonNode schema = resolved(given);
    if (schema.has("allOf")) {
      check(at, value, schema.at("/allOf/0"), found);
      narrow(at, value, schema.at("/allOf/1"), found);
      return;
    }
    if (schema.has("anyOf")
        && schema.at("/anyOf").valueStream().noneMatch(s -> violations(value, s).isEmpty())) {
      found.add(at + " is none of anyOf");
    }
    if (schema.has("type") && types(schema).stream().noneMatch(type -> isOf(type, value))) {
      found.add("%s is no %s: %s".formatted(at, types(schema), value));
      return;
    }
    if (schema.has("enum")
        && !value.isNull()
        && schema.at("/enum").valueStream().noneMatch(value::equals)) {
      found.add("%s is none of %s: %s".formatted(at, schema.at("/enum"), value));
    }
    if (value.isString()) {
      string(at, value.asString(), schema, found);
    } else if (value.isNumber()) {
      number(at, value.decimalValue(), schema, found);
    } else if (value.isArray()) {
      size(at, value.size(), schema, "minItems", "maxItems", found);
      for (int i = 0; i < value.size(); i++) {
        check(at + "[" + i + "]", value.get(i), schema.path("items"), found);
      }
    } else if (value.isObject() && schema.has("properties")) {
      object(at, value, schema, found);
    }
  }

  /** What a schema says of some members alone. */
  private void narrow(String at, JsonNode value, JsonNode schema, List<String> found) {
    schema
        .path("properties")
        .properties()
        .forEach(each ->
            check(at + "." + each.getKey(), value.path(each.getKey()), each.getValue(), found));
  }

  private void object(String at, JsonNode value, JsonNode schema, List<String> found) {
    schema
        .path("required")
        .forEach(name -> {
          if (!value.has(name.asString())) {
            found.add(at + " lacks " + name.asString());
          }
        });
    value
        .properties()
        .forEach(member -> {
          JsonNode property = schema.at("/properties").path(member.getKey());
          if (property.isMissingNode()) {
            found.add("%s.%s is not documented".formatted(at, member.getKey()));
          } else {
            check(at + "." + member.getKey(), member.getValue(), property, found);
          }
        });
  }

  private static List<String> types(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray()
        ? type.valueStream().map(JsonNode::asString).toList()
        : List.of(type.asString());
  }

  private static boolean isOf(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "null" -> value.isNull();
      default -> false;
    };
  }

  private static void string(String at, String text, JsonNode schema, List<String> found) {
    size(at, text.length(), schema, "minLength", "maxLength", found);
    if (schema.has("pattern")
        && !Pattern.compile(schema.at("/pattern").asString()).matcher(text).find()) {
      found.add("%s does not match %s: %s".formatted(at, schema.at("/pattern"), text));
    }
    try {
      switch (schema.path("format").asString("")) {
        case "uuid" -> UUID.fromString(text);
        case "date-time" -> Instant.parse(text);
        case "date" -> LocalDate.parse(text);
        default -> {}
      }
    } catch (RuntimeException wrong) {
      found.add("%s is no %s: %s".formatted(at, schema.at("/format"), text));
    }
  }

  private static void number(String at, BigDecimal number, JsonNode schema, List<String> found) {
    boolean tooSmall =
        schema.has("minimum") && number.compareTo(schema.at("/minimum").decimalValue()) < 0
            || schema.has("exclusiveMinimum")
                && number.compareTo(schema.at("/exclusiveMinimum").decimalValue()) <= 0;
    boolean tooLarge =
        schema.has("maximum") && number.compareTo(schema.at("/maximum").decimalValue()) > 0;
    if (tooSmall || tooLarge) {
      found.add("%s is beyond its limits: %s".formatted(at, number));
    }
  }

  private static void size(
      String at, int size, JsonNode schema, String min, String max, List<String> found) {
    if (schema.has(min) && size < schema.path(min).asInt()
        || schema.has(max) && size > schema.path(max).asInt()) {
      found.add("%s has %d elements or characters".formatted(at, size));
    }
  }
}
