package io.kombine.batch.event;

import io.kombine.batch.control.CancelConfirmation;
import io.kombine.batch.event.EventTransaction.Placed;
import io.kombine.contracts.ControlConfirmed;
import io.kombine.contracts.StatusEvent;
import io.kombine.contracts.StepEvent;
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
        Placed poison = placed.getFirst();
        deadLetters.send(records.getFirst(), e);
        transaction.apply(List.of(new Placed(poison.partition(), poison.offset(), null)));
      }
    }
  }
}
