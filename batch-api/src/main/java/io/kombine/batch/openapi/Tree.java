package io.kombine.batch.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and joins JSON objects held as maps. */
final class Tree {

  private Tree() {}

  /** An object of these members, in this order. */
  static Map<String, Object> of(String first, Object value) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put(first, value);
    return object;
  }

  /** An object of these members, in this order. */
  static Map<String, Object> of(String first, Object value, String second, Object secondValue) {
    Map<String, Object> object = of(first, value);
    object.put(second, secondValue);
    return object;
  }

  /**
   * The object at a member; an empty one, which it does not become part of, where there is none.
   */
  @SuppressWarnings("unchecked")
  static Map<String, Object> at(Map<String, Object> object, String member) {
    Object value = object.get(member);
    return value == null ? new LinkedHashMap<>() : (Map<String, Object>) value;
  }

  /** The object at a member, made where there is none. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> made(Map<String, Object> object, String member) {
    return (Map<String, Object>)
        object.computeIfAbsent(member, _ -> new LinkedHashMap<String, Object>());
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> objects(@Nullable Object list) {
    return list == null ? List.of() : (List<Map<String, Object>>) list;
  }

  @SuppressWarnings("unchecked")
  static List<String> strings(@Nullable Object list) {
    return list == null ? List.of() : (List<String>) list;
  }

  /** Adds members; objects are joined, anything else is replaced. */
  @SuppressWarnings("unchecked")
  static void join(Map<String, Object> into, Map<String, Object> from) {
    from.forEach((member, value) -> {
      if (value instanceof Map<?, ?> object && into.get(member) instanceof Map<?, ?>) {
        join((Map<String, Object>) into.get(member), (Map<String, Object>) object);
      } else {
        into.put(member, value);
      }
    });
  }
}
