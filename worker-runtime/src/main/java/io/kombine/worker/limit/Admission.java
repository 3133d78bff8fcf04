package io.kombine.worker.limit;

import java.time.Duration;

/** Whether an account lets a call begin. */
public sealed interface Admission {

  /** It may begin now. */
  record Granted(Token token) implements Admission {}

  /** Not yet: wait without permit and slot, then ask again. */
  record Later(Duration pause) implements Admission {}

  /**
   * Not for long: the step goes back to admission and returns after the pause; no attempt counts.
   *
   * @param why one sentence for people
   */
  record Held(Duration pause, String why) implements Admission {}

  /**
   * Never, as the limits are set.
   *
   * @param why one sentence for people
   */
  record Refused(String why) implements Admission {}
}
