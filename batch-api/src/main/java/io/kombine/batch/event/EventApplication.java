package io.kombine.batch.event;

import io.kombine.batch.control.CancelSettlement;
import io.kombine.batch.delivery.DeliveryRows;
import io.kombine.batch.model.BatchRow;
import io.kombine.batch.model.BatchRows;
import io.kombine.batch.step.StepMoves;
import io.kombine.batch.step.StepRow;
import io.kombine.batch.step.StepRows;
import io.kombine.contracts.DeliveryEvent;
import io.kombine.contracts.StatusEvent;
import io.kombine.contracts.StepEvent;
import io.kombine.worker.crash.CrashPoint;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Applies events to the database, many at once. Within one poll steps come first, then files, then
 * confirmations, since each builds on what the ones before it have left.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
class EventApplication {

  private final BatchRows batches;
  private final StepRows steps;
  private final DeliveryRows deliveries;
  private final CancelSettlement cancels;
  private final Clock clock;

  EventApplication(
      BatchRows batches,
      StepRows steps,
      DeliveryRows deliveries,
      CancelSettlement cancels,
      Clock clock) {
    this.batches = batches;
    this.steps = steps;
    this.deliveries = deliveries;
    this.cancels = cancels;
    this.clock = clock;
  }

  /** Events of batches that do not exist are passed over. */
  void apply(List<StatusEvent> events) {
    EventPoll poll = EventPoll.of(events);
    if (poll.batchIds().isEmpty()) {
      return;
    }
    Map<UUID, BatchRow> locked = batches.lock(poll.batchIds());
    Set<UUID> changed = new HashSet<>(applySteps(locked, poll.steps()));
    List<DeliveryEvent> ofBatches =
        poll.deliveries().stream().filter(e -> locked.containsKey(e.batchId())).toList();
    changed.addAll(deliveries.apply(ofBatches));
    changed.addAll(cancels.confirm(locked, poll.confirmations()));
    batches.refresh(changed);
    if (!poll.steps().isEmpty()) {
      CrashPoint.EVENTS_APPLIED.reached(poll.steps().getFirst().stepId());
    }
  }

  private Set<UUID> applySteps(Map<UUID, BatchRow> locked, List<StepEvent> events) {
    Set<UUID> alone = new HashSet<>();
    Set<UUID> withDescendants = new HashSet<>();
    for (StepEvent event : events) {
      (movesChildren(event) ? withDescendants : alone).add(event.stepId());
    }
    if (events.isEmpty()) {
      return Set.of();
    }
    Map<UUID, List<StepRow>> rows = steps.load(locked.keySet(), alone, withDescendants);
    Instant now = clock.instant();
    Set<UUID> changed = new HashSet<>();
    List<StepMoves.PlannedFile> files = new ArrayList<>();
    for (BatchRow batch : locked.values()) {
      StepMoves moves = new StepMoves(batch, rows.getOrDefault(batch.batchId(), List.of()), now);
      for (StepEvent event : events) {
        if (event.batchId().equals(batch.batchId())) {
          moves.apply(event);
        }
      }
      steps.save(moves);
      files.addAll(moves.files());
      if (moves.moved()) {
        changed.add(batch.batchId());
      }
    }
    deliveries.plan(files);
    return changed;
  }

  private static boolean movesChildren(StepEvent event) {
    return switch (event.state()) {
      case QUEUED, RUNNING, AWAITING_APPROVAL, WAITING -> false;
      case READY, RETRY_WAIT, UNKNOWN, SKIPPED, CANCELLED, FAILED, SUCCEEDED -> true;
    };
  }
}
