package io.kombine.batch.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and joins JSON objects held as maps. */
final class Tree {

  private Tree() {}

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
