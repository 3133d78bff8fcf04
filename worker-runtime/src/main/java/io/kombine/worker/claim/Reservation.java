package io.kombine.worker.claim;

import io.kombine.contracts.BatchControl;
import io.kombine.contracts.StepEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a record of {@code steps.*} meets. */
public sealed interface Reservation {

  /** The step is this process's, no call was ever begun in this epoch. */
  record Fresh(Claim claim) implements Reservation {}

  /**
   * The step is this process's, taken over from a worker that had begun the call and is gone: look
   * for its stored output, ask the provider, repeat where that is safe, otherwise end it UNKNOWN.
   *
   * @param claim its step is as admitted in the epoch that the call was begun for, under which its
   *     receipt and its key at the provider are found; the settlement is raised to the latest epoch
   * @param providerTaskId where the provider had taken it
   */
  record TakenOver(Claim claim, @Nullable String providerTaskId) implements Reservation {}

  /** Third takeover: end it FAILED with what was stored kept. */
  record Exhausted(Claim claim) implements Reservation {}

  /** The step has ended already: publish this again. */
  record Answered(StepEvent result) implements Reservation {}

  /** Claimed elsewhere or no slot is free: come back later, without a permit. */
  record Busy(Duration pause) implements Reservation {}

  /**
   * The same step is under way in this process: the record is a duplicate and ends when that one
   * does; try again then.
   */
  record Duplicate(Duration pause) implements Reservation {}

  /** The batch is paused or cancelled and no call was begun in this epoch. */
  record Forbidden(BatchControl.Hold hold) implements Reservation {}
}
