package io.kombine.batch.eta;

import io.kombine.contracts.StepKind;
import org.jspecify.annotations.Nullable;

/**
 * What one stage has left to do for a batch.
 *
 * @param calls that are still to be made or under way
 * @param places how many of them may run at once: the batch's share of the stage's cap, over 0
 * @param p50Seconds median time of a call
 * @param p90Seconds nine in ten calls take no longer
 * @param pace the batch's share of what was let through lately; absent where none waited, or too
 *     few were seen
 */
record Remaining(
    StepKind stage,
    int calls,
    double places,
    double p50Seconds,
    double p90Seconds,
    @Nullable Pace pace) {

  Remaining(StepKind stage, int calls, double places, double p50Seconds, double p90Seconds) {
    this(stage, calls, places, p50Seconds, p90Seconds, null);
  }

  /** How many calls follow one another in one place, on average; at least one. */
  double rounds() {
    return Math.max(1, calls / places);
  }

  double median() {
    return isPaced() && pace != null ? pace.seconds(calls) : rounds() * p50Seconds;
  }

  /** How far nine in ten runs stay above the median: calls vary independently of one another. */
  double spread() {
    double ofCalls = Math.sqrt(rounds()) * Math.max(0, p90Seconds - p50Seconds);
    return isPaced() && pace != null ? Math.max(ofCalls, pace.spread(calls)) : ofCalls;
  }

  /** Whether something slower than the places themselves decides, such as a rate limit. */
  private boolean isPaced() {
    return pace != null && pace.seconds(calls) > rounds() * p50Seconds;
  }
}
