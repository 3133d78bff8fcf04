package io.kombine.upload.delivery;

import io.kombine.contracts.DeliveryEvent;
import io.kombine.contracts.Topics;
import io.kombine.worker.consume.ContractRecords;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** Tells everybody what became of deliveries. */
@Component
class DeliveryPublisher {

  /** Longer than the producer's own delivery timeout, which therefore decides. */
  private static final Duration LIMIT = Duration.ofSeconds(150);

  private final KafkaTemplate<String, byte[]> kafka;

  DeliveryPublisher(KafkaTemplate<String, byte[]> kafka) {
    this.kafka = kafka;
  }

  /**
   * Returns when the broker has acknowledged the event.
   *
   * @throws IllegalStateException when it has not; publishing again is harmless
   */
  void publish(DeliveryEvent event) throws InterruptedException {
    try {
      kafka
          .send(ContractRecords.write(Topics.STEP_EVENTS, event.batchId().toString(), event))
          .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "The answer to delivery " + event.deliveryId() + " is not acknowledged", e);
    }
  }
}
