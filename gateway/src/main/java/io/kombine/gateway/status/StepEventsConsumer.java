package io.kombine.gateway.status;

import io.kombine.contracts.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads all partitions of {@code step.events} from their ends, on one thread of its own. It keeps
 * its positions itself and belongs to no group: nothing is committed, nobody takes partitions away,
 * and after a lost connection it goes on where it was. Where the log no longer reaches back to its
 * position, it goes on at the end and all watched batches of the partition get new snapshots.
 */
@Component
final class StepEventsConsumer implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(StepEventsConsumer.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final long RECONNECT_MILLIS = 1000;
  private static final long HOUSEKEEPING_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long METADATA_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final ConsumerFactory<String, byte[]> consumers;
  private final ReadPositions positions;
  private final WatchedBatches batches;
  private final StatusService service;
  private final StepEventsReader reader;
  private final ReadLag lag;

  private volatile boolean running;
  private volatile @Nullable Consumer<String, byte[]> current;
  private @Nullable Thread thread;

  StepEventsConsumer(
      ConsumerFactory<String, byte[]> consumers,
      ReadPositions positions,
      WatchedBatches batches,
      StatusService service,
      StepEventsReader reader,
      ReadLag lag) {
    this.consumers = consumers;
    this.positions = positions;
    this.batches = batches;
    this.service = service;
    this.reader = reader;
    this.lag = lag;
  }

  @Override
  public synchronized void start() {
    running = true;
    thread = Thread.ofPlatform().name("step-events").daemon().start(this::run);
  }

  @Override
  public synchronized void stop() {
    running = false;
    Consumer<String, byte[]> now = current;
    if (now != null) {
      now.wakeup();
    }
    Thread reading = thread;
    if (reading != null) {
      try {
        reading.join(Duration.ofSeconds(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    positions.end();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Started before the web server and stopped after it. */
  @Override
  public int getPhase() {
    return 0;
  }

  private void run() {
    while (running) {
      try (Consumer<String, byte[]> consumer = open()) {
        current = consumer;
        follow(consumer);
      } catch (WakeupException | InterruptException e) {
        log.debug("Reading of step.events was interrupted", e);
      } catch (KafkaException e) {
        log.warn("step.events cannot be read: {}; trying again", e.toString());
        pause();
      } catch (RuntimeException e) {
        log.error("Reading step.events failed; trying again", e);
        pause();
      } finally {
        current = null;
      }
    }
  }

  private Consumer<String, byte[]> open() {
    Properties own = new Properties();
    own.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    own.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    own.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    return consumers.createConsumer(null, null, null, own);
  }

  private void follow(Consumer<String, byte[]> consumer) {
    List<TopicPartition> partitions = List.of();
    long nextHousekeeping = System.nanoTime();
    long nextMetadata = nextHousekeeping;
    while (running) {
      if (System.nanoTime() - nextMetadata >= 0) {
        List<TopicPartition> found = partitionsOf(consumer);
        if (found.isEmpty()) {
          log.info("Topic {} is not there yet", Topics.STEP_EVENTS);
          pause();
          continue;
        }
        if (!found.equals(partitions)) {
          partitions = found;
          begin(consumer, partitions);
        }
        nextMetadata = System.nanoTime() + METADATA_NANOS;
      }
      poll(consumer);
      if (System.nanoTime() - nextHousekeeping >= 0) {
        lag.measure(consumer, partitions);
        batches.evictIdle();
        nextHousekeeping = System.nanoTime() + HOUSEKEEPING_NANOS;
      }
    }
  }

  private void begin(Consumer<String, byte[]> consumer, List<TopicPartition> partitions) {
    consumer.assign(partitions);
    if (positions.partitions() == partitions.size()) {
      partitions.forEach(p -> consumer.seek(p, positions.of(p.partition())));
      return;
    }
    consumer.seekToEnd(partitions);
    long[] ends = new long[partitions.size()];
    partitions.forEach(p -> ends[p.partition()] = consumer.position(p));
    // why dropped: with other partitions, batches' events are elsewhere
    batches.all().forEach(batches::drop);
    positions.begin(ends);
    log.info("Following {} partitions of {}", ends.length, Topics.STEP_EVENTS);
  }

  private void poll(Consumer<String, byte[]> consumer) {
    try {
      var records = consumer.poll(POLL);
      for (TopicPartition partition : records.partitions()) {
        var ofPartition = records.records(partition);
        positions.advance(partition.partition(), ofPartition.getLast().offset() + 1);
        ofPartition.forEach(reader::read);
      }
    } catch (OffsetOutOfRangeException e) {
      skipToEnd(consumer, e.partitions());
    }
  }

  private void skipToEnd(Consumer<String, byte[]> consumer, Collection<TopicPartition> lost) {
    log.warn("Events of {} were deleted before they were read", lost);
    consumer.seekToEnd(lost);
    for (TopicPartition partition : lost) {
      positions.advance(partition.partition(), consumer.position(partition));
      for (WatchedBatch batch : batches.all()) {
        if (batch.partition() == partition.partition()) {
          batch.lostEvents();
          service.refreshIfStale(batch);
        }
      }
    }
  }

  private static List<TopicPartition> partitionsOf(Consumer<String, byte[]> consumer) {
    try {
      var infos = consumer.partitionsFor(Topics.STEP_EVENTS);
      return infos == null
          ? List.of()
          : IntStream.range(0, infos.size())
              .mapToObj(p -> new TopicPartition(Topics.STEP_EVENTS, p))
              .toList();
    } catch (UnknownTopicOrPartitionException e) {
      return List.of();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(RECONNECT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
