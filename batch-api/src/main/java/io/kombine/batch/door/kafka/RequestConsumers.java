package io.kombine.batch.door.kafka;

import io.kombine.worker.consume.CappedConsumer;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/** The consumers of all topics that requests come by; they start and stop as one. */
final class RequestConsumers implements SmartLifecycle {

  private final List<CappedConsumer> consumers;

  RequestConsumers(List<CappedConsumer> consumers) {
    this.consumers = List.copyOf(consumers);
  }

  @Override
  public void start() {
    consumers.forEach(CappedConsumer::start);
  }

  @Override
  public void stop() {
    consumers.forEach(CappedConsumer::stop);
  }

  @Override
  public boolean isRunning() {
    return consumers.stream().anyMatch(CappedConsumer::isRunning);
  }

  @Override
  public int getPhase() {
    return consumers.getFirst().getPhase();
  }
}
