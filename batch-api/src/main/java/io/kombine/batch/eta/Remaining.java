package io.kombine.batch.eta;

import io.kombine.contracts.StepKind;

/**
 * What one stage has left to do for a batch.
 *
 * @param calls that are still to be made or under way
 * @param places how many of them may run at once: the batch's share of the stage's cap, over 0
 * @param p50Seconds median time of a call
 * @param p90Seconds nine in ten calls take no longer
 */
record Remaining(StepKind stage, int calls, double places, double p50Seconds, double p90Seconds) {

  /** How many calls follow one another in one place, on average; at least one. */
  double rounds() {
    return Math.max(1, calls / places);
  }

  double median() {
    return rounds() * p50Seconds;
  }

  /** How far nine in ten runs stay above the median: calls vary independently of one another. */
  double spread() {
    return Math.sqrt(rounds()) * Math.max(0, p90Seconds - p50Seconds);
  }
}
