package io.kombine.worker.limit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account's circuit breaker.
 *
 * @param failures in a row; each of another step than the one before, so that a step which the
 *     provider cannot digest uses up its attempts instead of opening it
 * @param opens probes that have failed
 * @param until no probe before
 * @param probeUntil a probe is under way, and counts as lost from then on
 */
record Breaker(
    State state,
    int failures,
    @Nullable UUID lastFailed,
    int opens,
    @Nullable Instant until,
    @Nullable Instant probeUntil,
    @Nullable String why) {

  static final Breaker CLOSED = new Breaker(State.CLOSED, 0, null, 0, null, null, null);

  /** What lets calls through. */
  enum State {
    /** All go. */
    CLOSED,
    /** None but a probe goes, since many have failed. */
    OPEN,
    /** None but a probe goes, since the provider refuses the account. */
    PAUSED
  }

  boolean closed() {
    return state == State.CLOSED;
  }

  Breaker counting(UUID step) {
    return new Breaker(state, failures + 1, step, opens, until, probeUntil, why);
  }

  Breaker opened(int afterProbes, Instant until, String why) {
    return new Breaker(State.OPEN, failures, lastFailed, afterProbes, until, null, why);
  }

  Breaker paused(Instant until, String why) {
    return new Breaker(State.PAUSED, failures, lastFailed, opens, until, null, why);
  }

  Breaker probing(@Nullable Instant until) {
    return new Breaker(state, failures, lastFailed, opens, this.until, until, why);
  }

  Breaker delayed(Instant until) {
    return new Breaker(state, failures, lastFailed, opens, until, null, why);
  }
}
