package io.kombine.gateway.status;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.kombine.contracts.BatchView;
import java.util.List;

/** What a stream's {@code snapshot} event says: the whole status, and every step in order. */
record StatusSnapshot(@JsonUnwrapped BatchView status, List<StepChange> steps) {

  StatusSnapshot {
    steps = List.copyOf(steps);
  }
}
