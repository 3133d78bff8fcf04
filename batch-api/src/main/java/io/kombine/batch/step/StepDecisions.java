package io.kombine.batch.step;

import io.kombine.contracts.StepProblem;
import io.kombine.contracts.StepState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** A person's word on steps that wait for one. */
final class StepDecisions {

  /** The problem of a step that was given up. */
  static final String GAVE_UP = "gave_up";

  private static final StepProblem REJECTED =
      new StepProblem("rejected", "A person has rejected it.");

  private final StepFamily family;
  private final StepConsequences consequences;
  private final StepRevival revival;

  StepDecisions(StepFamily family, StepConsequences consequences, StepRevival revival) {
    this.family = family;
    this.consequences = consequences;
    this.revival = revival;
  }

  /**
   * Lets steps run that waited for a person, and brings back those that a person had rejected.
   * Others are left as they are.
   *
   * @return the steps that may run now
   */
  List<UUID> approve(Collection<UUID> stepIds) {
    List<UUID> approved = new ArrayList<>();
    for (UUID stepId : stepIds) {
      StepRow step = family.step(stepId);
      if (step == null) {
        continue;
      }
      if (isRejected(step)) {
        step.again(StepState.WAITING, family.now());
        revival.reviveChildren(step);
        step.become(StepState.READY, family.now());
        approved.add(stepId);
      } else if (step.state == StepState.AWAITING_APPROVAL) {
        step.become(StepState.READY, family.now());
        approved.add(stepId);
      }
    }
    return approved;
  }

  /**
   * Skips steps that wait for a person, or were approved and are not queued yet, and with them what
   * needs their outputs. Others are left as they are.
   *
   * @return the steps that were rejected
   */
  List<UUID> reject(Collection<UUID> stepIds) {
    List<UUID> rejected = new ArrayList<>();
    for (UUID stepId : stepIds) {
      StepRow step = family.step(stepId);
      if (step != null
          && step.plan.needsApproval()
          && (step.state == StepState.AWAITING_APPROVAL || step.state == StepState.READY)) {
        step.skip(REJECTED, family.now());
        consequences.endChildren(step);
        rejected.add(stepId);
      }
    }
    return rejected;
  }

  static boolean isRejected(StepRow step) {
    StepProblem error = step.error;
    return step.state == StepState.SKIPPED && error != null && error.code().equals(REJECTED.code());
  }

  /** A person's word on a call whose outcome nobody knows: run it again, which may pay twice. */
  void retryUnknown(StepRow step) {
    step.become(StepState.READY, family.now());
    step.forget();
  }

  /** A person's word on a call whose outcome nobody knows: do without it. */
  void giveUp(StepRow step) {
    step.become(StepState.FAILED, family.now());
    step.error = new StepProblem(GAVE_UP, "Its outcome could not be learnt and it was given up.");
    consequences.endChildren(step);
  }
}
