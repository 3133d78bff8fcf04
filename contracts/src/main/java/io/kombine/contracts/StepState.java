package io.kombine.contracts;

/**
 * The life of a step (design §4): the only place that says which transition is legal, and how two
 * reports of the same step compare.
 *
 * <p>Writers ask {@link #canBecome}. Readers, who may see reports twice or out of order, keep the
 * {@link StepPosition} that compares greater. Ranks are all different, so the order is total and
 * every interleaving of the same reports ends in the same state. Among ends, a paid result outranks
 * the others: what was paid for is never lost to a late {@code CANCELLED}.
 */
public enum StepState {
  /** For its parent or for a stage barrier. */
  WAITING(0),
  /** Held for a person's decision; holds no permit, slot or queue. */
  AWAITING_APPROVAL(1),
  /** Admission may publish it. */
  READY(2),
  /** Published to its stage's topic. */
  QUEUED(3),
  /** Its paid call is under way. */
  RUNNING(4),
  /** Comes back to admission at a known time. */
  RETRY_WAIT(5),
  /** A paid call whose outcome nobody can learn: held for a decision. */
  UNKNOWN(6),
  /** Its parent ended without the output that it needs. */
  SKIPPED(7),
  CANCELLED(8),
  FAILED(9),
  SUCCEEDED(10);

  private final int rank;

  StepState(int rank) {
    this.rank = rank;
  }

  /** Position within an epoch; states of one epoch only move to higher ranks. */
  public int rank() {
    return rank;
  }

  /** Whether the step runs no further without a new epoch. */
  public boolean isTerminal() {
    return switch (this) {
      case SKIPPED, CANCELLED, FAILED, SUCCEEDED -> true;
      case WAITING, AWAITING_APPROVAL, READY, QUEUED, RUNNING, RETRY_WAIT, UNKNOWN -> false;
    };
  }

  /** Whether the step waits for a person and for nothing else. */
  public boolean isHeldForDecision() {
    return this == AWAITING_APPROVAL || this == UNKNOWN;
  }

  /** Whether the step takes room in its stage's admission window. */
  public boolean isInFlight() {
    return this == QUEUED || this == RUNNING;
  }

  /**
   * Whether a writer may move a step from this state to {@code next}. A move to a lower or equal
   * rank is legal only together with the next epoch.
   */
  public boolean canBecome(StepState next) {
    return switch (this) {
      case WAITING ->
          switch (next) {
            case AWAITING_APPROVAL, READY, QUEUED, SKIPPED, CANCELLED -> true;
            case WAITING, RUNNING, RETRY_WAIT, UNKNOWN, FAILED, SUCCEEDED -> false;
          };
      case AWAITING_APPROVAL ->
          switch (next) {
            case READY, SKIPPED, CANCELLED -> true;
            case WAITING,
                AWAITING_APPROVAL,
                QUEUED,
                RUNNING,
                RETRY_WAIT,
                UNKNOWN,
                FAILED,
                SUCCEEDED ->
                false;
          };
      case READY ->
          switch (next) {
            // why SUCCEEDED: a reused output needs no call
            case QUEUED, SKIPPED, CANCELLED, SUCCEEDED -> true;
            case WAITING, AWAITING_APPROVAL, READY, RUNNING, RETRY_WAIT, UNKNOWN, FAILED -> false;
          };
      case QUEUED ->
          switch (next) {
            // why READY and QUEUED: given back by a pause, admitted again by the sweeper; both take
            // the next epoch
            case READY, QUEUED, RUNNING, RETRY_WAIT, UNKNOWN, CANCELLED, FAILED, SUCCEEDED -> true;
            case WAITING, AWAITING_APPROVAL, SKIPPED -> false;
          };
      case RUNNING ->
          switch (next) {
            case READY, QUEUED, RETRY_WAIT, UNKNOWN, CANCELLED, FAILED, SUCCEEDED -> true;
            case WAITING, AWAITING_APPROVAL, RUNNING, SKIPPED -> false;
          };
      case RETRY_WAIT ->
          switch (next) {
            case READY, QUEUED, CANCELLED -> true;
            case WAITING,
                AWAITING_APPROVAL,
                RUNNING,
                RETRY_WAIT,
                UNKNOWN,
                SKIPPED,
                FAILED,
                SUCCEEDED ->
                false;
          };
      case UNKNOWN ->
          switch (next) {
            // why FAILED and SUCCEEDED: given up by decision, or settled late by the claim's
            // original owner
            case READY, QUEUED, CANCELLED, FAILED, SUCCEEDED -> true;
            case WAITING, AWAITING_APPROVAL, RUNNING, RETRY_WAIT, UNKNOWN, SKIPPED -> false;
          };
      case FAILED ->
          switch (next) {
            case READY -> true;
            case WAITING,
                AWAITING_APPROVAL,
                QUEUED,
                RUNNING,
                RETRY_WAIT,
                UNKNOWN,
                SKIPPED,
                CANCELLED,
                FAILED,
                SUCCEEDED ->
                false;
          };
      case SKIPPED ->
          switch (next) {
            // why: its failed parent runs again
            case WAITING -> true;
            case AWAITING_APPROVAL,
                READY,
                QUEUED,
                RUNNING,
                RETRY_WAIT,
                UNKNOWN,
                SKIPPED,
                CANCELLED,
                FAILED,
                SUCCEEDED ->
                false;
          };
      case CANCELLED, SUCCEEDED -> false;
    };
  }

  /**
   * Whether moving to {@code next} must take the next epoch, because it does not move forward
   * within one.
   */
  public boolean takesNextEpochFor(StepState next) {
    return next.rank <= rank;
  }
}
