package io.kombine.worker.claim;

import io.kombine.contracts.Ids;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepEvent;

/** Messages moved to another epoch. */
final class Epochs {

  private Epochs() {}

  /** The event reported at {@code epoch} where that is later; then with an id of its own. */
  static StepEvent raise(StepEvent event, int epoch) {
    if (epoch <= event.epoch()) {
      return event;
    }
    return new StepEvent(
        event.version(),
        Ids.next(),
        event.batchId(),
        event.stepId(),
        event.kind(),
        event.groupIndex(),
        event.ordinal(),
        epoch,
        event.attempt(),
        event.state(),
        event.time(),
        event.worker(),
        event.account(),
        event.outputs(),
        event.cost(),
        event.error(),
        event.retryAt(),
        event.stopped());
  }

  /** The step as it was, or would have been, admitted at {@code epoch}. */
  static RunStep at(RunStep step, int epoch) {
    if (epoch == step.epoch()) {
      return step;
    }
    return new RunStep(
        step.version(),
        step.stepId(),
        step.batchId(),
        step.owner(),
        step.kind(),
        step.groupIndex(),
        step.ordinal(),
        epoch,
        Math.min(step.settledEpoch(), epoch - 1),
        step.attempt(),
        step.maxAttempts(),
        step.account(),
        step.provider(),
        step.model(),
        step.prompt(),
        step.promptIndex(),
        step.variation(),
        step.parameters(),
        step.inputs(),
        step.outputCount(),
        step.price(),
        step.contentKey(),
        step.batchFolder(),
        step.deliveries(),
        step.admittedAt(),
        step.children());
  }
}
