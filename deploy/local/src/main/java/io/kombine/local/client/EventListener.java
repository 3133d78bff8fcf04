package io.kombine.local.client;

import tools.jackson.databind.JsonNode;

/** Gets a batch's events as they come. */
@FunctionalInterface
public interface EventListener {

  /**
   * @param name {@code snapshot}, {@code delta} or {@code end}
   * @return whether to go on
   */
  boolean onEvent(String name, JsonNode data);
}
