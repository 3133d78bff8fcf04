package io.kombine.batch.step;

import io.kombine.batch.model.LatePlan;
import io.kombine.contracts.StepOutput;
import io.kombine.contracts.StepProblem;
import io.kombine.contracts.StepState;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Brings back steps that have ended, each under its next epoch. */
final class StepRevival {

  private final StepFamily family;
  private final StepConsequences consequences;

  StepRevival(StepFamily family, StepConsequences consequences) {
    this.family = family;
    this.consequences = consequences;
  }

  /**
   * Brings back what failed, and what was skipped for it.
   *
   * @param known outputs of the steps that succeeded
   * @return how many steps may run again
   */
  int retryFailed(Map<UUID, List<StepOutput>> known) {
    int retried = 0;
    for (StepRow step : family.steps()) {
      if (step.state == StepState.FAILED && !isLost(step)) {
        step.again(StepState.READY, family.now());
        retried += 1 + reviveChildren(step);
      }
    }
    for (StepRow step : List.copyOf(family.steps())) {
      StepRow parent = family.parentOf(step);
      if (step.state == StepState.SKIPPED
          && parent != null
          && parent.state == StepState.SUCCEEDED
          // why: a person has decided that, and decides on it again by approving
          && !StepDecisions.isRejected(step)
          && ParentOutputs.canFill(step, known.getOrDefault(parent.stepId(), List.of()))) {
        step.again(StepState.WAITING, family.now());
        retried += 1 + reviveChildren(step);
        consequences.release(step, known.getOrDefault(parent.stepId(), List.of()));
      }
    }
    return retried;
  }

  /** Has what was skipped for a step wait for it again; says how many those are. */
  int reviveChildren(StepRow parent) {
    int revived = 0;
    for (StepRow child : family.childrenOf(parent)) {
      if (child.state == StepState.SKIPPED) {
        child.again(StepState.WAITING, family.now());
        revived += 1 + reviveChildren(child);
      }
    }
    return revived;
  }

  /** Whether there is nothing to run it on: submitted anew, it may have something. */
  private static boolean isLost(StepRow step) {
    StepProblem error = step.error;
    return error != null && error.code().startsWith(LatePlan.LOST);
  }
}
