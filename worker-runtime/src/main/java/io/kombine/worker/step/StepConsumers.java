package io.kombine.worker.step;

import io.kombine.worker.consume.CappedConsumer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.SmartLifecycle;

/** The consumers of all stages that a worker serves; they start and drain together. */
final class StepConsumers implements SmartLifecycle {

  private final List<CappedConsumer> consumers;

  StepConsumers(List<CappedConsumer> consumers) {
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
  public void stop(Runnable callback) {
    AtomicInteger left = new AtomicInteger(consumers.size());
    for (CappedConsumer consumer : consumers) {
      consumer.stop(() -> {
        if (left.decrementAndGet() == 0) {
          callback.run();
        }
      });
    }
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
