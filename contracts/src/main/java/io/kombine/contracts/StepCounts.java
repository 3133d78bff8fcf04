package io.kombine.contracts;

import java.util.Map;

/**
 * How many of a batch's steps are in each state; all but {@code total} always add up to {@code
 * total}. Immutable.
 */
public record StepCounts(
    int total,
    int waiting,
    int ready,
    int queued,
    int running,
    int retryWait,
    int awaitingApproval,
    int unknown,
    int succeeded,
    int failed,
    int cancelled,
    int skipped) {

  public StepCounts {
    int sum =
        waiting
            + ready
            + queued
            + running
            + retryWait
            + awaitingApproval
            + unknown
            + succeeded
            + failed
            + cancelled
            + skipped;
    if (sum != total) {
      throw new IllegalArgumentException("counts add up to " + sum + ", not to the total " + total);
    }
  }

  /** Counts of the states given; a state not given counts 0. */
  public static StepCounts of(Map<StepState, Integer> byState) {
    int[] n = new int[StepState.values().length];
    int total = 0;
    for (var entry : byState.entrySet()) {
      n[entry.getKey().ordinal()] = entry.getValue();
      total += entry.getValue();
    }
    return new StepCounts(
        total,
        n[StepState.WAITING.ordinal()],
        n[StepState.READY.ordinal()],
        n[StepState.QUEUED.ordinal()],
        n[StepState.RUNNING.ordinal()],
        n[StepState.RETRY_WAIT.ordinal()],
        n[StepState.AWAITING_APPROVAL.ordinal()],
        n[StepState.UNKNOWN.ordinal()],
        n[StepState.SUCCEEDED.ordinal()],
        n[StepState.FAILED.ordinal()],
        n[StepState.CANCELLED.ordinal()],
        n[StepState.SKIPPED.ordinal()]);
  }

  public int terminal() {
    return succeeded + failed + cancelled + skipped;
  }

  public boolean allTerminal() {
    return terminal() == total;
  }
}
