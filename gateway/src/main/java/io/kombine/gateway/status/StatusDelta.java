package io.kombine.gateway.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kombine.contracts.BatchStatus;
import io.kombine.contracts.BatchView;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What a stream's {@code delta} event says: the batch's sums as they are now, and the steps that
 * were reported on since the event before.
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record StatusDelta(
    BatchView.Counts counts,
    List<BatchView.Stage> stages,
    BatchStatus status,
    BatchView.Cost cost,
    BatchView.Eta eta,
    BatchView.Delivery delivery,
    List<StepChange> steps) {

  StatusDelta {
    stages = List.copyOf(stages);
    steps = List.copyOf(steps);
  }

  static StatusDelta of(BatchView document, List<StepChange> steps) {
    return new StatusDelta(
        document.counts(),
        document.stages(),
        document.status(),
        document.cost(),
        document.eta(),
        document.delivery(),
        steps);
  }
}
