package io.kombine.worker.step;

import io.kombine.contracts.ContractJson;
import io.kombine.contracts.StepKind;
import io.kombine.worker.consume.DeadLetterListener;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Ends the step of a record that nobody could process, where the record still says which it is, so
 * that its batch does not wait for it. Where it does not, batch-api's sweeper asks again.
 */
final class LostStepListener implements DeadLetterListener {

  private static final Logger log = LoggerFactory.getLogger(LostStepListener.class);

  private final StepReports reports;

  LostStepListener(StepReports reports) {
    this.reports = reports;
  }

  @Override
  public void onDeadLetter(ConsumerRecord<String, byte[]> message, String reason)
      throws InterruptedException {
    Optional<StepReports.Lost> lost = read(message);
    if (lost.isEmpty()) {
      log.warn(
          "Record {} of {}-{} does not say which step it was: {}",
          message.offset(),
          message.topic(),
          message.partition(),
          reason);
      return;
    }
    reports.lost(lost.get(), reason);
  }

  private static Optional<StepReports.Lost> read(ConsumerRecord<String, byte[]> message) {
    byte[] value = message.value();
    if (value == null) {
      return Optional.empty();
    }
    try {
      JsonNode step = ContractJson.mapper().readTree(value);
      return Optional.of(
          new StepReports.Lost(
              UUID.fromString(step.path("batchId").asString()),
              UUID.fromString(step.path("stepId").asString()),
              StepKind.of(step.path("kind").asString()),
              step.path("groupIndex").asInt(0),
              step.path("ordinal").asInt(0),
              Math.max(1, step.path("epoch").asInt(1)),
              step.path("account").asString("unknown")));
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
