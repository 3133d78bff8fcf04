package io.kombine.gateway.status;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.stereotype.Component;

/** How many events are written that this replica has not read; measured each second. */
@Component
final class ReadLag {

  private final AtomicLong records = new AtomicLong();

  ReadLag(MeterRegistry meters) {
    Gauge.builder("kombine.gateway.lag", records, AtomicLong::get)
        .description("Records of step.events between this replica's position and the end")
        .register(meters);
  }

  /** On the consumer's thread; asks the broker nothing. */
  void measure(Consumer<?, ?> consumer, List<TopicPartition> partitions) {
    long sum = 0;
    for (TopicPartition partition : partitions) {
      sum += consumer.currentLag(partition).orElse(0);
    }
    records.set(sum);
  }

  long records() {
    return records.get();
  }
}
