package io.kombine.batch.event;

import io.kombine.batch.control.CancelConfirmation;
import io.kombine.batch.event.EventTransaction.Placed;
import io.kombine.contracts.ControlConfirmed;
import io.kombine.contracts.StatusEvent;
import io.kombine.contracts.StepEvent;
import io.kombine.contracts.StepProblem;
import io.kombine.contracts.StepState;
import io.kombine.worker.crash.CrashPoint;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/**
 * Translates polls of {@code step.events} and has them applied. A record that can never be applied
 * goes to the dead letters; whatever else fails is thrown, and the poll comes again.
 */
@Component
class StepEventListener implements BatchMessageListener<byte[], byte[]> {

  private final EventTransaction transaction;
  private final EventDeadLetters deadLetters;
  private final CancelConfirmation confirmation;

  StepEventListener(
      EventTransaction transaction, EventDeadLetters deadLetters, CancelConfirmation confirmation) {
    this.transaction = transaction;
    this.deadLetters = deadLetters;
    this.confirmation = confirmation;
  }

  @Override
  public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
    List<Placed> placed = new ArrayList<>(records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      placed.add(
          new Placed(
              new TopicPartition(record.topic(), record.partition()),
              record.offset(),
              decode(record)));
    }
    apply(placed, records);
    if (placed.stream().anyMatch(p -> p.event() instanceof StepEvent)) {
      CrashPoint.EVENTS_COMMITTED.reached(placed.getFirst().partition());
    }
    if (placed.stream().anyMatch(p -> p.event() instanceof ControlConfirmed)) {
      confirmation.applied();
    }
  }

  private @org.jspecify.annotations.Nullable StatusEvent decode(
      ConsumerRecord<byte[], byte[]> record) {
    try {
      return StatusEvents.read(record.value());
    } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
      deadLetters.send(record, e);
      return null;
    }
  }

  /** All at once; where one of them makes that impossible, in halves until it stands alone. */
  private void apply(List<Placed> placed, List<ConsumerRecord<byte[], byte[]>> records) {
    try {
      transaction.apply(placed);
    } catch (RuntimeException e) {
      if (!EventDeadLetters.isPoison(e)) {
        throw e;
      }
      if (placed.size() > 1) {
        int half = placed.size() / 2;
        apply(placed.subList(0, half), records.subList(0, half));
        apply(placed.subList(half, placed.size()), records.subList(half, records.size()));
      } else {
        deadLetters.send(records.getFirst(), e);
        applyInPlaceOf(placed.getFirst());
      }
    }
  }

  /**
   * An end that cannot be applied ends its step as failed, or its worker would be asked for the
   * same end for ever. What it says of money stays in the dead letter.
   */
  private void applyInPlaceOf(Placed poison) {
    StatusEvent failed =
        poison.event() instanceof StepEvent step && step.state().isTerminal()
            ? withoutItsEnd(step)
            : null;
    try {
      transaction.apply(List.of(new Placed(poison.partition(), poison.offset(), failed)));
    } catch (RuntimeException e) {
      if (failed == null || !EventDeadLetters.isPoison(e)) {
        throw e;
      }
      transaction.apply(List.of(new Placed(poison.partition(), poison.offset(), null)));
    }
  }

  private static StepEvent withoutItsEnd(StepEvent step) {
    return new StepEvent(
        step.version(),
        step.eventId(),
        step.batchId(),
        step.stepId(),
        step.kind(),
        step.groupIndex(),
        step.ordinal(),
        step.epoch(),
        step.attempt(),
        StepState.FAILED,
        step.time(),
        step.worker(),
        step.account(),
        List.of(),
        null,
        new StepProblem(
            "dead_letter", "The step's end could not be applied; it is in the dead letters."),
        null,
        step.stopped());
  }
}
