package io.kombine.gateway.status;

import io.kombine.contracts.ContractJson;
import io.kombine.contracts.StatusEvent;
import io.kombine.contracts.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/**
 * Turns records of {@code step.events} into events of watched batches; others are not even read.
 */
@Component
final class StepEventsReader {

  private static final Logger log = LoggerFactory.getLogger(StepEventsReader.class);

  private final WatchedBatches batches;
  private final StatusService service;
  private final Counter applied;
  private final Counter undecodable;

  StepEventsReader(WatchedBatches batches, StatusService service, MeterRegistry meters) {
    this.batches = batches;
    this.service = service;
    this.applied =
        Counter.builder("kombine.gateway.events.applied")
            .description("Events applied to watched batches")
            .register(meters);
    this.undecodable =
        Counter.builder("kombine.gateway.events.undecodable")
            .description("Records of watched batches that could not be read and were skipped")
            .register(meters);
  }

  void read(ConsumerRecord<String, byte[]> record) {
    UUID batchId = batchOf(record.key());
    if (batchId == null || record.value() == null || !batches.watches(batchId)) {
      return;
    }
    decode(record)
        .filter(event -> batchId.equals(event.batchId()))
        .ifPresent(event -> {
          batches.apply(event, record.offset()).ifPresent(service::refreshIfStale);
          applied.increment();
        });
  }

  private Optional<StatusEvent> decode(ConsumerRecord<String, byte[]> record) {
    try {
      return Optional.of(ContractJson.mapper().readValue(record.value(), StatusEvent.class));
    } catch (JacksonException e) {
      undecodable.increment();
      log.warn(
          "{}-{}@{} cannot be read and is skipped: {}",
          Topics.STEP_EVENTS,
          record.partition(),
          record.offset(),
          e.getOriginalMessage());
      return Optional.empty();
    }
  }

  private static @Nullable UUID batchOf(@Nullable String key) {
    if (key == null || key.length() != 36) {
      return null;
    }
    try {
      return UUID.fromString(key);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
