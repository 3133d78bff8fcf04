package io.kombine.upload.delivery;

import io.kombine.contracts.ContractJson;
import io.kombine.contracts.DeliverFile;
import io.kombine.worker.consume.IllegalRecordException;
import io.kombine.worker.consume.Permit;
import io.kombine.worker.consume.TaskHandler;
import io.kombine.worker.consume.TaskResult;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/** Translates records of {@code deliveries} and publishes the answers. */
@Component
class DeliveryTaskHandler implements TaskHandler {

  private static final Logger log = LoggerFactory.getLogger(DeliveryTaskHandler.class);
  private static final Duration DRAIN_PAUSE = Duration.ofSeconds(1);

  private final DeliveryService service;
  private final DeliveryPublisher publisher;
  private final GrowingPauses pauses = new GrowingPauses(RandomGenerator.getDefault());

  DeliveryTaskHandler(DeliveryService service, DeliveryPublisher publisher) {
    this.service = service;
    this.publisher = publisher;
  }

  @Override
  public TaskResult handle(ConsumerRecord<String, byte[]> message, Permit permit)
      throws InterruptedException {
    DeliverFile file = decode(message.value());
    if (permit.draining()) {
      return TaskResult.park(DRAIN_PAUSE);
    }
    return switch (service.deliver(file)) {
      case DeliveryAnswer.Waiting waiting -> TaskResult.park(pause(file, waiting));
      case DeliveryAnswer.Answered answered -> {
        publisher.publish(answered.event());
        pauses.forget(file.deliveryId());
        yield TaskResult.finished();
      }
    };
  }

  private Duration pause(DeliverFile file, DeliveryAnswer.Waiting waiting) {
    Duration pause = pauses.next(file.deliveryId(), waiting.pause());
    // why once: thousands may wait for hours
    if (pauses.waits(file.deliveryId()) == 1) {
      log.warn("Delivery {} waits: {}", file.deliveryId(), waiting.reason());
    } else {
      log.debug("Delivery {} waits {}: {}", file.deliveryId(), pause, waiting.reason());
    }
    return pause;
  }

  private static DeliverFile decode(byte @Nullable [] value) {
    if (value == null) {
      throw new IllegalRecordException("the record is empty");
    }
    DeliverFile file;
    try {
      file = ContractJson.mapper().readValue(value, DeliverFile.class);
    } catch (JacksonException e) {
      throw new IllegalRecordException("not a DeliverFile: " + e.getOriginalMessage(), e);
    }
    return complete(file);
  }

  /** Reading leaves out what is missing; without these there is nobody to answer. */
  @SuppressWarnings("ConstantValue")
  private static DeliverFile complete(@Nullable DeliverFile file) {
    if (file == null
        || file.deliveryId() == null
        || file.batchId() == null
        || file.batchFolder() == null
        || file.artifact() == null
        || file.epoch() < 1) {
      throw new IllegalRecordException(
          "a DeliverFile has deliveryId, batchId, batchFolder, artifact and an epoch from 1");
    }
    return file;
  }
}
