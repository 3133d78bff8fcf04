package io.kombine.worker.consume;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

/** One run of a {@link CappedConsumer}, from its start to its stop. */
final class Consumption {

  private static final Logger log = LoggerFactory.getLogger(Consumption.class);
  private static final Duration RESTART_PAUSE = Duration.ofSeconds(5);

  private final String stage;
  private final PermitPool pool;
  private final PartitionIntake intake;
  private final KafkaMessageListenerContainer<String, byte[]> container;
  private final TaskRunner runner;
  private final ConsumerMetrics metrics;
  private final LogTruncation truncation;
  private final Duration drainTimeout;

  Consumption(
      String stage,
      PermitPool pool,
      PartitionIntake intake,
      KafkaMessageListenerContainer<String, byte[]> container,
      TaskRunner runner,
      ConsumerMetrics metrics,
      LogTruncation truncation,
      Duration drainTimeout) {
    this.stage = stage;
    this.pool = pool;
    this.intake = intake;
    this.container = container;
    this.runner = runner;
    this.metrics = metrics;
    this.truncation = truncation;
    this.drainTimeout = drainTimeout;
  }

  void begin() {
    container.setApplicationEventPublisher(this::onEvent);
    runner.start();
    container.start();
  }

  /** Begins no further record, lets running ones finish within the drain timeout, and leaves. */
  void end() {
    pool.drain();
    if (!pool.awaitIdle(drainTimeout)) {
      log.warn(
          "Stage {}: {} records still run after {}; they will be delivered again",
          stage,
          pool.used(),
          drainTimeout);
    }
    container.stop();
    truncation.close();
    metrics.close();
  }

  /** Called on the consumer thread. */
  private void onEvent(Object event) {
    switch (event) {
      case ListenerContainerIdleEvent idle -> intake.tend(idle.getConsumer());
      case ConsumerStoppedEvent stopped when !pool.draining() -> {
        log.error("Stage {}: the consumer stopped ({}), starting it again", stage, stopped);
        intake.abandon();
        Thread.ofVirtual().name("kombine-" + stage + "-restart").start(this::startAgain);
      }
      default -> {
        // the container's other events tell nothing that needs an answer
      }
    }
  }

  private void startAgain() {
    try {
      TimeUnit.MILLISECONDS.sleep(RESTART_PAUSE.toMillis());
      container.stop();
      if (!pool.draining()) {
        container.start();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
