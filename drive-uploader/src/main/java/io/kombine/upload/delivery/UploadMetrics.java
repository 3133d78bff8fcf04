package io.kombine.upload.delivery;

import io.kombine.worker.topic.StageCap;
import io.kombine.worker.topic.StageProperties;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * {@code kombine_inflight{stage="uploads"}}: deliveries under way in this process; {@code
 * kombine_cap{stage="uploads"}}: the most of the whole cluster.
 */
@Component
class UploadMetrics {

  private final AtomicInteger inFlight = new AtomicInteger();

  UploadMetrics(MeterRegistry meters, StageProperties stages) {
    StageCap cap = stages.ofUploads();
    Gauge.builder("kombine.inflight", inFlight, AtomicInteger::get)
        .description("Deliveries under way in this process")
        .tag("stage", StageProperties.UPLOADS)
        .register(meters);
    Gauge.builder("kombine.cap", cap, StageCap::calls)
        .description("The most deliveries under way in all processes")
        .tag("stage", StageProperties.UPLOADS)
        .strongReference(true)
        .register(meters);
  }

  <T> T inFlight(Supplier<T> delivery) {
    inFlight.incrementAndGet();
    try {
      return delivery.get();
    } finally {
      inFlight.decrementAndGet();
    }
  }
}
