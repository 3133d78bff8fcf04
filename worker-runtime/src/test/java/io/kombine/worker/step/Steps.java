package io.kombine.worker.step;

import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.Ids;
import io.kombine.contracts.Money;
import io.kombine.contracts.PlannedDelivery;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import io.kombine.contracts.StepPrice;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Steps as admission would publish them. */
final class Steps {

  private Steps() {}

  static RunStep attempt(int attempt) {
    return step(Ids.next(), Ids.next(), StepKind.I2I, 1, 0, attempt, List.of(), List.of());
  }

  /** A root that edits a source. */
  static RunStep root(UUID batchId, ArtifactRef source, int epoch, List<RunStep> children) {
    return step(
        batchId,
        Ids.next(),
        StepKind.I2I,
        epoch,
        0,
        1,
        List.of(StepInput.of(StepInput.Role.IMAGE, source)),
        children);
  }

  /** A child that waits for its parent's first output. */
  static RunStep child(UUID batchId) {
    return step(
        batchId,
        Ids.next(),
        StepKind.I2V,
        1,
        0,
        1,
        List.of(StepInput.ofParent(StepInput.Role.IMAGE, 0)),
        List.of());
  }

  /** The same step, admitted again. */
  static RunStep again(RunStep step, int epoch, int settledEpoch) {
    return step(
        step.batchId(),
        step.stepId(),
        step.kind(),
        epoch,
        settledEpoch,
        step.attempt(),
        step.inputs(),
        step.children());
  }

  private static RunStep step(
      UUID batchId,
      UUID stepId,
      StepKind kind,
      int epoch,
      int settledEpoch,
      int attempt,
      List<StepInput> inputs,
      List<RunStep> children) {
    return new RunStep(
        RunStep.VERSION,
        stepId,
        batchId,
        "tests",
        kind,
        0,
        0,
        epoch,
        settledEpoch,
        attempt,
        3,
        "fake",
        "fake",
        "fake-image",
        "make it snow",
        0,
        0,
        StepParameters.NONE,
        inputs,
        1,
        StepPrice.fixed("test", Money.of("0.002", "USD")),
        null,
        "Tests [2026]",
        List.of(new PlannedDelivery(Ids.next(), 0, List.of("001_a", "i2i", "1.png"))),
        Instant.parse("2026-11-21T08:00:00Z"),
        children);
  }
}
