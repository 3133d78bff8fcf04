package io.kombine.worker.step;

import io.kombine.contracts.BatchControl;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.ControlConfirmed;
import io.kombine.contracts.Ids;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.Topics;
import io.kombine.worker.WorkerIdentity;
import io.kombine.worker.claim.Claims;
import io.kombine.worker.consume.ContractRecords;
import io.kombine.worker.crash.CrashPoint;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import tools.jackson.core.JacksonException;

/**
 * Reads {@code batch.control} whole and ever on, outside of any group: writes each control under
 * the lock that every claim takes, then says so on {@code step.events}. The start of the process
 * waits until the topic was read to the end it had, so no claim is made in ignorance of a cancel.
 *
 * <p>While broker or database are away it keeps trying, each record until it is written.
 */
final class ControlReader implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(ControlReader.class);

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

  private final Supplier<Consumer<String, byte[]>> consumers;
  private final KafkaOperations<String, byte[]> kafka;
  private final Claims claims;
  private final Set<StepKind> stages;
  private final HeldBatches held;
  private final WorkerIdentity worker;
  private final Clock clock;
  private final Duration startLimit;

  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private volatile boolean running;
  private volatile @Nullable Consumer<String, byte[]> consumer;
  private @Nullable Thread thread;

  ControlReader(
      Supplier<Consumer<String, byte[]>> consumers,
      KafkaOperations<String, byte[]> kafka,
      Claims claims,
      Set<StepKind> stages,
      HeldBatches held,
      WorkerIdentity worker,
      Clock clock,
      Duration startLimit) {
    this.consumers = consumers;
    this.kafka = kafka;
    this.claims = claims;
    this.stages = Set.copyOf(stages);
    this.held = held;
    this.worker = worker;
    this.clock = clock;
    this.startLimit = startLimit;
  }

  /**
   * @throws IllegalStateException when the topic cannot be read to its end within the limit
   */
  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().name("batch-control").start(this::readOn);
    try {
      if (!caughtUp.await(startLimit.toMillis(), TimeUnit.MILLISECONDS)) {
        stop();
        throw new IllegalStateException(
            "batch.control could not be read to its end within "
                + startLimit.toSeconds()
                + " s; is Kafka reachable?");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stop() {
    running = false;
    Consumer<String, byte[]> reading = consumer;
    if (reading != null) {
      reading.wakeup();
    }
    Thread ending = thread;
    if (ending != null) {
      try {
        if (!ending.join(STOP_LIMIT)) {
          // why not at once: an interrupted consumer does not close, it waits its time out
          ending.interrupt();
          ending.join(STOP_LIMIT);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before the consumers of steps. */
  @Override
  public int getPhase() {
    return AbstractMessageListenerContainer.DEFAULT_PHASE - 100;
  }

  private void readOn() {
    while (running) {
      try (Consumer<String, byte[]> reading = consumers.get()) {
        consumer = reading;
        read(reading);
      } catch (WakeupException | InterruptException e) {
        log.debug("Reading of batch.control ends");
        return;
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        log.warn("batch.control is read again from its beginning in {}: {}", PAUSE, e.toString());
        if (!slept()) {
          return;
        }
      }
    }
  }

  private void read(Consumer<String, byte[]> reading) throws InterruptedException {
    List<TopicPartition> partitions =
        reading.partitionsFor(Topics.BATCH_CONTROL).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    reading.assign(partitions);
    reading.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = reading.endOffsets(partitions);
    while (running) {
      if (caughtUp.getCount() > 0
          && partitions.stream().allMatch(p -> reading.position(p) >= ends.getOrDefault(p, 0L))) {
        caughtUp.countDown();
      }
      for (ConsumerRecord<String, byte[]> message : reading.poll(POLL)) {
        apply(message);
      }
    }
  }

  private void apply(ConsumerRecord<String, byte[]> message) throws InterruptedException {
    byte[] value = message.value();
    if (value == null) {
      UUID batchId = UUID.fromString(message.key());
      held.forget(batchId);
      Persistence.until(
          "Forgetting a batch's control",
          () -> {
            claims.forget(batchId);
            return batchId;
          });
      return;
    }
    BatchControl control;
    try {
      control = ContractJson.mapper().readValue(value, BatchControl.class);
    } catch (JacksonException e) {
      log.error(
          "Record {} of batch.control is no control and is passed over: {}",
          message.offset(),
          e.getOriginalMessage());
      return;
    }
    CrashPoint.CONTROL_READ.reached(control.batchId());
    held.apply(control);
    List<UUID> begun = Persistence.until("Recording a control", () -> claims.record(control));
    CrashPoint.CONTROL_RECORDED.reached(control.batchId());
    confirm(control, begun);
  }

  private void confirm(BatchControl control, List<UUID> begun) {
    List<List<UUID>> parts = parts(begun);
    for (StepKind stage : stages) {
      for (int i = 0; i < parts.size(); i++) {
        ControlConfirmed confirmed =
            new ControlConfirmed(
                ControlConfirmed.VERSION,
                Ids.next(),
                control.batchId(),
                control.sequence(),
                control.hold(),
                stage,
                parts.get(i),
                i + 1,
                parts.size(),
                clock.instant(),
                worker.id());
        // why not waited for: the producer keeps trying for two minutes, and each process of the
        // stage says it, as does the next one to start
        kafka.send(
            ContractRecords.write(Topics.STEP_EVENTS, control.batchId().toString(), confirmed));
      }
    }
  }

  private static List<List<UUID>> parts(List<UUID> begun) {
    List<List<UUID>> parts = new ArrayList<>();
    for (int from = 0; from < begun.size(); from += ControlConfirmed.MAX_BEGUN) {
      parts.add(begun.subList(from, Math.min(begun.size(), from + ControlConfirmed.MAX_BEGUN)));
    }
    if (parts.isEmpty()) {
      parts.add(List.of());
    }
    return parts;
  }

  private static boolean slept() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
