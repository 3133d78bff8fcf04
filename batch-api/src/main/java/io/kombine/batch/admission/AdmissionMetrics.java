package io.kombine.batch.admission;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** What operators see of admission. */
@Component
class AdmissionMetrics {

  private final MeterRegistry registry;
  private final AtomicInteger leaseHeld = new AtomicInteger();

  AdmissionMetrics(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("kombine.admission.lease", leaseHeld, AtomicInteger::get)
        .description("1 while this replica admits")
        .register(registry);
  }

  void leaseHeld(boolean held) {
    leaseHeld.set(held ? 1 : 0);
  }

  void admitted(Stage stage, int steps) {
    registry
        .counter(
            "kombine.admission.admitted",
            List.of(Tag.of("stage", stage.kind().wireName()), Tag.of("account", stage.account())))
        .increment(steps);
  }
}
