package io.kombine.contracts;

/** Where a batch stands, in the words of design §5.6; follows from {@link BatchProgress} alone. */
public enum BatchStatus {
  PLANNING,
  QUEUED,
  RUNNING,
  PAUSED,
  WAITING_FOR_DECISION,
  CANCELLING,
  COMPLETED,
  COMPLETED_WITH_FAILURES,
  FAILED,
  CANCELLED;

  public boolean isTerminal() {
    return switch (this) {
      case COMPLETED, COMPLETED_WITH_FAILURES, FAILED, CANCELLED -> true;
      case PLANNING, QUEUED, RUNNING, PAUSED, WAITING_FOR_DECISION, CANCELLING -> false;
    };
  }
}
