package io.kombine.upload.delivery;

import io.kombine.contracts.DeliverFile;
import io.kombine.contracts.DeliveryEvent;
import io.kombine.contracts.DeliveryState;
import io.kombine.contracts.Ids;
import io.kombine.contracts.StepProblem;
import io.kombine.worker.WorkerIdentity;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Words the answers to deliveries, and counts how they end ({@code kombine.deliveries}). */
@Component
class DeliveryEvents {

  private final Clock clock;
  private final WorkerIdentity worker;
  private final MeterRegistry meters;

  DeliveryEvents(Clock clock, WorkerIdentity worker, MeterRegistry meters) {
    this.clock = clock;
    this.worker = worker;
    this.meters = meters;
    counter(DeliveryState.DELIVERED);
    counter(DeliveryState.FAILED);
  }

  /** What the row says. */
  DeliveryAnswer of(DeliverFile file, FileRow row) {
    return new DeliveryAnswer.Answered(
        event(
            file.batchId(),
            file.deliveryId(),
            row.epoch(),
            row.state(),
            file.manifest(),
            row.url(),
            row.folderUrl(),
            row.problem()));
  }

  /** A delivery that never gets a row of its own: the same answer whenever it is asked for. */
  DeliveryAnswer failed(DeliverFile file, StepProblem problem) {
    return new DeliveryAnswer.Answered(
        dead(file.batchId(), file.deliveryId(), file.epoch(), file.manifest(), problem));
  }

  /** A delivery of which no more than this is known. */
  DeliveryEvent dead(
      UUID batchId, UUID deliveryId, int epoch, boolean manifest, StepProblem problem) {
    count(DeliveryState.FAILED);
    return event(batchId, deliveryId, epoch, DeliveryState.FAILED, manifest, null, null, problem);
  }

  /** One delivery has come to its end in this process. */
  void count(DeliveryState state) {
    counter(state).increment();
  }

  private Counter counter(DeliveryState state) {
    return Counter.builder("kombine.deliveries")
        .description("Deliveries that ended, by how")
        .tag("state", state.name())
        .register(meters);
  }

  private DeliveryEvent event(
      UUID batchId,
      UUID deliveryId,
      int epoch,
      DeliveryState state,
      boolean manifest,
      @Nullable String url,
      @Nullable String folderUrl,
      @Nullable StepProblem problem) {
    return new DeliveryEvent(
        DeliveryEvent.VERSION,
        Ids.next(),
        batchId,
        deliveryId,
        epoch,
        state,
        manifest,
        clock.instant(),
        worker.id(),
        url,
        folderUrl,
        problem);
  }
}
