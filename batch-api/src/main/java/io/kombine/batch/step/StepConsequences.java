package io.kombine.batch.step;

import io.kombine.batch.step.StepMoves.PlannedFile;
import io.kombine.contracts.PlannedDelivery;
import io.kombine.contracts.StepOutput;
import io.kombine.contracts.StepProblem;
import io.kombine.contracts.StepState;
import io.kombine.contracts.StopOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What follows from a step's new state: its outputs and files, and that its children are released,
 * lose their grant or end.
 */
final class StepConsequences {

  private static final StepProblem NO_PARENT =
      new StepProblem("parent", "The step it needs an output of ended without that output.");

  private final StepFamily family;
  private final Map<UUID, List<StepOutput>> outputs = new LinkedHashMap<>();
  private final List<PlannedFile> files = new ArrayList<>();

  StepConsequences(StepFamily family) {
    this.family = family;
  }

  Map<UUID, List<StepOutput>> outputs() {
    return outputs;
  }

  List<PlannedFile> files() {
    return List.copyOf(files);
  }

  /**
   * @param made the step's outputs, where its state has any
   */
  void follow(StepRow step, List<StepOutput> made) {
    switch (step.state) {
      case SUCCEEDED -> {
        outputs.put(step.stepId(), made);
        planFiles(step, made);
        for (StepRow child : family.childrenOf(step)) {
          release(child, made);
        }
      }
      case FAILED -> {
        outputs.put(step.stepId(), made);
        endChildren(step);
      }
      case SKIPPED, CANCELLED -> endChildren(step);
      case READY, RETRY_WAIT, UNKNOWN -> {
        for (StepRow child : family.childrenOf(step)) {
          child.loseGrant(family.now());
        }
      }
      case WAITING, AWAITING_APPROVAL, QUEUED, RUNNING -> {}
    }
  }

  /** Lets a child have its parent's outputs, and run where nothing else stands before it. */
  void release(StepRow child, List<StepOutput> made) {
    boolean fits = ParentOutputs.canFill(child, made);
    if (fits) {
      child.fill(ParentOutputs.filled(child, made));
    }
    if (child.state != StepState.WAITING) {
      return;
    }
    if (!fits) {
      end(child);
    } else if (!child.granted) {
      if (family.isCancelled()) {
        end(child);
      } else if (!family.batch().stages().isBehindBarrier(child.kind())) {
        // why no other: where a barrier lies before it, it goes on once that has passed
        child.become(
            child.plan.needsApproval() ? StepState.AWAITING_APPROVAL : StepState.READY,
            family.now());
      }
    }
  }

  /** Ends what has not begun and needs an output that is not going to be there. */
  void endChildren(StepRow parent) {
    for (StepRow child : family.childrenOf(parent)) {
      switch (child.state) {
        case WAITING, AWAITING_APPROVAL, READY -> end(child);
        case QUEUED, RUNNING, RETRY_WAIT, UNKNOWN, SKIPPED, CANCELLED, FAILED, SUCCEEDED -> {}
      }
    }
  }

  private void end(StepRow step) {
    if (family.isCancelled()) {
      step.stop(StopOutcome.STOPPED_FREE, family.now());
    } else {
      step.skip(NO_PARENT, family.now());
    }
    endChildren(step);
  }

  private void planFiles(StepRow step, List<StepOutput> made) {
    for (PlannedDelivery delivery : step.plan.deliveries()) {
      StepOutput output = ParentOutputs.output(made, delivery.outputIndex());
      if (output != null) {
        files.add(new PlannedFile(family.batch().batchId(), step.stepId(), delivery, output));
      }
    }
  }
}
