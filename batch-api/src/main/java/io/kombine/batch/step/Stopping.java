package io.kombine.batch.step;

import io.kombine.contracts.StopOutcome;
import java.math.BigDecimal;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ends the steps of a cancelled batch, each with what became of its call. */
final class Stopping {

  private final StepFamily family;

  Stopping(StepFamily family) {
    this.family = family;
  }

  /** Stops at once all that no worker has been told of. */
  void cancelUnsent() {
    for (StepRow step : family.steps()) {
      switch (step.state) {
        case WAITING -> {
          if (!step.granted) {
            step.stop(StopOutcome.STOPPED_FREE, family.now());
          }
        }
        case AWAITING_APPROVAL, READY -> step.stop(StopOutcome.STOPPED_FREE, family.now());
        case RETRY_WAIT -> step.stop(outcome(step.cost), family.now());
        case UNKNOWN -> step.stop(StopOutcome.CHARGE_UNKNOWN, family.now());
        case QUEUED, RUNNING, SKIPPED, CANCELLED, FAILED, SUCCEEDED -> {}
      }
    }
  }

  /** Stops all that no worker will begin any more, now that every stage has said so. */
  void cancelUnbegun(Set<UUID> begun) {
    cancelUnsent();
    for (StepRow step : family.steps()) {
      if (!step.state.isTerminal() && !begun.contains(step.stepId())) {
        step.stop(outcome(step.cost), family.now());
      }
    }
  }

  /** Of a step that stops where it is. */
  static StopOutcome outcome(@Nullable BigDecimal cost) {
    return cost != null && cost.signum() > 0
        ? StopOutcome.STOPPED_CHARGED
        : StopOutcome.STOPPED_FREE;
  }
}
