package io.kombine.upload.delivery;

import io.kombine.contracts.ContractJson;
import io.kombine.contracts.StepProblem;
import io.kombine.worker.consume.DeadLetterListener;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Ends the deliveries whose records cannot be read, where at least their ids can: a batch waits for
 * all of its deliveries, so one that nobody answers would keep it open for ever.
 */
@Component
class UndeliverableListener implements DeadLetterListener {

  private final DeliveryEvents events;
  private final DeliveryPublisher publisher;

  UndeliverableListener(DeliveryEvents events, DeliveryPublisher publisher) {
    this.events = events;
    this.publisher = publisher;
  }

  @Override
  public void onDeadLetter(ConsumerRecord<String, byte[]> message, String reason)
      throws InterruptedException {
    JsonNode json = read(message.value());
    Optional<UUID> batchId = id(json.path("batchId"));
    Optional<UUID> deliveryId = id(json.path("deliveryId"));
    if (batchId.isPresent() && deliveryId.isPresent()) {
      publisher.publish(
          events.dead(
              batchId.get(),
              deliveryId.get(),
              Math.max(1, json.path("epoch").asInt(1)),
              json.path("manifest").asBoolean(false),
              new StepProblem("dead_letter", "The delivery could not be read: " + reason)));
    }
  }

  private static JsonNode read(byte @Nullable [] value) {
    try {
      return value == null
          ? ContractJson.mapper().missingNode()
          : ContractJson.mapper().readTree(value);
    } catch (JacksonException _) {
      return ContractJson.mapper().missingNode(); // no JSON at all: there is nobody to answer
    }
  }

  private static Optional<UUID> id(JsonNode text) {
    try {
      return text.isString() ? Optional.of(UUID.fromString(text.asString())) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // no id of ours
    }
  }
}
