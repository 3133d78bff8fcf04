package io.kombine.contracts;

/**
 * Everything a batch's status follows from. batch-api and every gateway replica derive it with this
 * one rule.
 *
 * @param planning whether its steps are not written yet
 * @param hold the control it is under
 * @param started whether a step was ever queued
 * @param deliveriesComplete whether all that is to be delivered, the manifest included, has ended
 */
public record BatchProgress(
    boolean planning,
    BatchControl.Hold hold,
    boolean started,
    StepCounts counts,
    int deliveriesFailed,
    boolean deliveriesComplete) {

  /** The status; terminal only when steps and deliveries are. */
  public BatchStatus status() {
    if (planning) {
      return hold == BatchControl.Hold.CANCELLED ? BatchStatus.CANCELLED : BatchStatus.PLANNING;
    }
    boolean ended = counts.allTerminal() && deliveriesComplete;
    return switch (hold) {
      case CANCELLED -> ended ? endOfCancelled() : BatchStatus.CANCELLING;
      case PAUSED -> ended ? end() : BatchStatus.PAUSED;
      case NONE -> ended ? end() : underWay();
    };
  }

  private BatchStatus endOfCancelled() {
    // why: a cancel that came too late stopped nothing
    return counts.cancelled() == 0 ? end() : BatchStatus.CANCELLED;
  }

  private BatchStatus end() {
    // why not by successes alone: what a person has rejected is skipped, and nothing has failed
    if (counts.failed() + counts.cancelled() + deliveriesFailed == 0) {
      return BatchStatus.COMPLETED;
    }
    return counts.succeeded() == 0 ? BatchStatus.FAILED : BatchStatus.COMPLETED_WITH_FAILURES;
  }

  private BatchStatus underWay() {
    int moving = counts.ready() + counts.queued() + counts.running() + counts.retryWait();
    int decisions = counts.awaitingApproval() + counts.unknown();
    if (moving == 0 && decisions > 0) {
      return BatchStatus.WAITING_FOR_DECISION;
    }
    return started ? BatchStatus.RUNNING : BatchStatus.QUEUED;
  }
}
