package io.kombine.system.simulator.kling;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task, whose state follows from the time alone.
 *
 * @param externalId the caller's own id of it; empty when it gave none
 * @param failure what it fails with, or null
 * @param videoPath under which the result is found
 */
record KlingTask(
    String id,
    String externalId,
    String keyId,
    int seconds,
    Instant created,
    Instant starts,
    Instant ends,
    String videoPath,
    @Nullable String failure) {

  /** Where a task is. */
  enum State {
    SUBMITTED,
    PROCESSING,
    SUCCEEDED,
    FAILED
  }

  State state(Instant now) {
    if (now.isBefore(starts)) {
      return State.SUBMITTED;
    }
    if (now.isBefore(ends)) {
      return State.PROCESSING;
    }
    return failure == null ? State.SUCCEEDED : State.FAILED;
  }

  /** When the state last changed. */
  Instant updated(Instant now) {
    return switch (state(now)) {
      case SUBMITTED -> created;
      case PROCESSING -> starts;
      case SUCCEEDED, FAILED -> ends;
    };
  }
}
