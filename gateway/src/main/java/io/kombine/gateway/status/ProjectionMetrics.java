package io.kombine.gateway.status;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** What the projection holds, for operators. */
@Component
final class ProjectionMetrics implements MeterBinder {

  private final WatchedBatches batches;

  ProjectionMetrics(WatchedBatches batches) {
    this.batches = batches;
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    Gauge.builder("kombine.gateway.watched.batches", batches, WatchedBatches::live)
        .description("Batches that this replica follows")
        .register(meters);
    Gauge.builder("kombine.gateway.watched.steps", batches, WatchedBatches::steps)
        .description("Steps of the batches that this replica follows")
        .register(meters);
    Gauge.builder("kombine.gateway.streams", batches, WatchedBatches::streams)
        .description("Open event streams")
        .register(meters);
  }
}
