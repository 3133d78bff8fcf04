package io.kombine.system.simulator.http;

import java.time.Duration;

/** How an answer reaches its caller. */
public sealed interface Delivery {

  /** As it is. */
  record Whole() implements Delivery {}

  /** Not at all: the connection is closed instead. */
  record Dropped() implements Delivery {}

  /** Half of the body, then the connection is closed. */
  record Truncated() implements Delivery {}

  /**
   * Head at once, body in small pieces.
   *
   * @param over the time that the body takes
   */
  record Slow(Duration over) implements Delivery {}
}
