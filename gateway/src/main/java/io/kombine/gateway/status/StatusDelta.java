package io.kombine.gateway.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kombine.contracts.BatchStatus;
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
    StatusDocument.Counts counts,
    List<StatusDocument.Stage> stages,
    BatchStatus status,
    StatusDocument.Cost cost,
    StatusDocument.Eta eta,
    StatusDocument.Delivery delivery,
    List<StepChange> steps) {

  StatusDelta {
    stages = List.copyOf(stages);
    steps = List.copyOf(steps);
  }

  static StatusDelta of(StatusDocument document, List<StepChange> steps) {
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
