package io.kombine.batch.event;

import io.kombine.contracts.ControlConfirmed;
import io.kombine.contracts.DeliveryEvent;
import io.kombine.contracts.StatusEvent;
import io.kombine.contracts.StepEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What one poll holds for this service, each kind in the order it was read. */
record EventPoll(
    List<StepEvent> steps, List<DeliveryEvent> deliveries, List<ControlConfirmed> confirmations) {

  static EventPoll of(List<StatusEvent> events) {
    EventPoll poll = new EventPoll(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (StatusEvent event : events) {
      switch (event) {
        case StepEvent step -> poll.steps.add(step);
        case DeliveryEvent delivery -> poll.deliveries.add(delivery);
        case ControlConfirmed confirmed -> poll.confirmations.add(confirmed);
        // why nothing: batch events are this service's own, of unknown ones nothing is known
        case io.kombine.contracts.BatchEvent own -> {}
        case io.kombine.contracts.UnknownEvent unknown -> {}
      }
    }
    return poll;
  }

  Set<UUID> batchIds() {
    Set<UUID> ids = new LinkedHashSet<>();
    steps.forEach(event -> ids.add(event.batchId()));
    deliveries.forEach(event -> ids.add(event.batchId()));
    confirmations.forEach(event -> ids.add(event.batchId()));
    return ids;
  }
}
