package io.kombine.gateway.status;

import io.kombine.contracts.BatchSnapshot;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepState;
import java.util.UUID;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Where one step stands, as clients read it. */
@JsonNaming(SnakeCaseStrategy.class)
record StepChange(UUID stepId, int ordinal, StepKind kind, int group, int epoch, StepState state) {

  static StepChange of(BatchSnapshot.Step step) {
    return new StepChange(
        step.stepId(), step.ordinal(), step.kind(), step.groupIndex(), step.epoch(), step.state());
  }
}
