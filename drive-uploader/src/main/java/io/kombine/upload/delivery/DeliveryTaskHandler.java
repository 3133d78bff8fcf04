package io.kombine.upload.delivery;

import io.kombine.contracts.DeliverFile;
import io.kombine.worker.consume.ContractRecords;
import io.kombine.worker.consume.IllegalRecordException;
import io.kombine.worker.consume.Permit;
import io.kombine.worker.consume.TaskHandler;
import io.kombine.worker.consume.TaskResult;
import io.kombine.worker.crash.CrashPoint;
import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.stereotype.Component;

/** Translates records of {@code deliveries} and publishes the answers. */
@Component
class DeliveryTaskHandler implements TaskHandler {

  private static final Duration DRAIN_PAUSE = Duration.ofSeconds(1);

  private final DeliveryService service;
  private final DeliveryPublisher publisher;
  private final UploadMetrics metrics;
  private final WaitLog waits;
  private final GrowingPauses pauses = new GrowingPauses(RandomGenerator.getDefault());

  DeliveryTaskHandler(
      DeliveryService service, DeliveryPublisher publisher, UploadMetrics metrics, WaitLog waits) {
    this.service = service;
    this.publisher = publisher;
    this.metrics = metrics;
    this.waits = waits;
  }

  @Override
  public TaskResult handle(ConsumerRecord<String, byte[]> message, Permit permit)
      throws InterruptedException {
    DeliverFile file = complete(ContractRecords.read(message, DeliverFile.class));
    if (permit.draining()) {
      return TaskResult.park(DRAIN_PAUSE);
    }
    return switch (metrics.inFlight(() -> service.deliver(file))) {
      case DeliveryAnswer.Waiting waiting -> TaskResult.park(pause(file, waiting));
      case DeliveryAnswer.Answered answered -> {
        permit.release();
        CrashPoint.FILE_SETTLED.reached(file.deliveryId());
        publisher.publish(answered.event());
        CrashPoint.FILE_PUBLISHED.reached(file.deliveryId());
        pauses.forget(file.deliveryId());
        yield TaskResult.finished();
      }
    };
  }

  private Duration pause(DeliverFile file, DeliveryAnswer.Waiting waiting) {
    Duration pause = pauses.next(file.deliveryId(), waiting.pause());
    waits.tell(file.deliveryId(), pause, waiting.reason());
    return pause;
  }

  /** Reading leaves out what is missing; without these nothing can be delivered or answered. */
  private static DeliverFile complete(DeliverFile file) {
    if (file.epoch() < 1
        || Stream.of(file.deliveryId(), file.batchId(), file.batchFolder(), file.artifact())
            .anyMatch(Objects::isNull)) {
      throw new IllegalRecordException(
          "a DeliverFile has deliveryId, batchId, batchFolder, artifact and an epoch from 1");
    }
    return file;
  }
}
