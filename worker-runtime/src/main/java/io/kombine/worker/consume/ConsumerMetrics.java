package io.kombine.worker.consume;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;

/** What operators see of one consumer; gone with it. */
final class ConsumerMetrics implements AutoCloseable {

  private static final double MILLIS_PER_SECOND = 1_000;

  private final MeterRegistry meters;
  private final List<Meter> registered;

  ConsumerMetrics(
      String stage, PermitPool pool, PartitionIntake intake, MeterRegistry meters, Clock clock) {
    this.meters = meters;
    this.registered =
        List.of(
            Gauge.builder("kombine.permits", pool, PermitPool::size)
                .description("Permits of this process, and those in use")
                .tags("stage", stage, "state", "total")
                .register(meters),
            Gauge.builder("kombine.permits", pool, PermitPool::used)
                .description("Permits of this process, and those in use")
                .tags("stage", stage, "state", "used")
                .register(meters),
            Gauge.builder("kombine.parked", pool, PermitPool::parked)
                .description("Records that wait without a permit for their time")
                .tag("stage", stage)
                .register(meters),
            Gauge.builder("kombine.queue.age", intake, each -> ageSeconds(each, clock))
                .description("Age of the oldest unfinished record taken by this process")
                .baseUnit("seconds")
                .tag("stage", stage)
                .register(meters));
  }

  @Override
  public void close() {
    registered.forEach(meters::remove);
  }

  private static double ageSeconds(PartitionIntake intake, Clock clock) {
    OptionalLong oldest =
        intake.partitions().stream()
            .map(partition -> partition.offsets().oldestTimestamp())
            .flatMapToLong(OptionalLong::stream)
            .min();
    return oldest.isEmpty()
        ? 0
        : Math.max(0, clock.millis() - oldest.getAsLong()) / MILLIS_PER_SECOND;
  }
}
