package io.kombine.batch.event;

import io.kombine.contracts.BatchEvent;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.ControlConfirmed;
import io.kombine.contracts.DeliveryEvent;
import io.kombine.contracts.StatusEvent;
import io.kombine.contracts.StepEvent;
import io.kombine.contracts.UnknownEvent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads events and refuses those that lack what applying them needs. */
final class StatusEvents {

  private StatusEvents() {}

  /**
   * @throws tools.jackson.core.JacksonException when it is no JSON of an event
   * @throws IllegalArgumentException when a needed field is missing or senseless
   */
  static StatusEvent read(byte @Nullable [] value) {
    if (value == null) {
      throw new IllegalArgumentException("the record has no value");
    }
    StatusEvent event = ContractJson.mapper().readValue(value, StatusEvent.class);
    switch (event) {
      case StepEvent step -> {
        need(step.batchId(), "batchId");
        need(step.stepId(), "stepId");
        need(step.state(), "state");
        need(step.time(), "time");
        positive(step.epoch(), "epoch");
      }
      case DeliveryEvent delivery -> {
        need(delivery.batchId(), "batchId");
        need(delivery.deliveryId(), "deliveryId");
        need(delivery.state(), "state");
        positive(delivery.epoch(), "epoch");
      }
      case ControlConfirmed confirmed -> {
        need(confirmed.batchId(), "batchId");
        need(confirmed.stage(), "stage");
        positive(confirmed.part(), "part");
        positive(confirmed.parts(), "parts");
      }
      case BatchEvent own -> {}
      case UnknownEvent unknown -> {}
    }
    return event;
  }

  private static void need(@Nullable Object value, String field) {
    if (Objects.isNull(value)) {
      throw new IllegalArgumentException("the event has no " + field);
    }
  }

  private static void positive(int value, String field) {
    if (value < 1) {
      throw new IllegalArgumentException(field + " must be at least 1, not " + value);
    }
  }
}
