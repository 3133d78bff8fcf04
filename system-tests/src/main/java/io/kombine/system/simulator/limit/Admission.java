package io.kombine.system.simulator.limit;

import java.time.Duration;

/** Whether a call may come in. */
public sealed interface Admission {

  /**
   * It may.
   *
   * @param slot is held while the call goes on
   */
  record Admitted(Slot slot) implements Admission {}

  /**
   * Too many in the window.
   *
   * @param retryAfter when it would fit again
   */
  record TooMany(Duration retryAfter) implements Admission {}

  /** Too many at once. */
  record TooManyAtOnce() implements Admission {}
}
