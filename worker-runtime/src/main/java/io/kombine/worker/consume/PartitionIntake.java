package io.kombine.worker.consume;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/**
 * Takes polled records over and returns at once, and does what only the consumer thread may do:
 * commit, pause, resume, follow assignments.
 *
 * <p>A record beyond a limit is not taken: the partition is set back to it and pauses, so the
 * limits hold exactly whatever a poll brings. Methods run on the consumer thread, except {@link
 * #partitions()}.
 */
final class PartitionIntake
    implements BatchConsumerAwareMessageListener<String, byte[]>, ConsumerAwareRebalanceListener {

  private static final Logger log = LoggerFactory.getLogger(PartitionIntake.class);

  private final CappedTopic topic;
  private final PermitPool pool;
  private final ConsumeProperties properties;
  private final OffsetCommits commits = new OffsetCommits();
  private final Map<TopicPartition, OwnedPartition> owned = new ConcurrentHashMap<>();
  private long sequence;
  private boolean intakeReached;

  PartitionIntake(CappedTopic topic, PermitPool pool, ConsumeProperties properties) {
    this.topic = topic;
    this.pool = pool;
    this.properties = properties;
  }

  /** The partitions owned now. */
  Collection<OwnedPartition> partitions() {
    return List.copyOf(owned.values());
  }

  @Override
  public void onMessage(
      List<ConsumerRecord<String, byte[]>> messages, @Nullable Consumer<?, ?> polled) {
    Consumer<?, ?> consumer = Objects.requireNonNull(polled, "a container passes its consumer");
    if (!pool.draining()) {
      take(messages, consumer);
    }
    tend(consumer);
  }

  /** Commits what has finished; pauses and resumes what its limits ask for. */
  void tend(Consumer<?, ?> consumer) {
    int load = pool.load();
    intakeReached =
        load >= properties.intake() || (intakeReached && load > properties.intake() / 2);
    Set<TopicPartition> pausing = new HashSet<>();
    for (OwnedPartition partition : owned.values()) {
      if (partition.spanReached(properties.span()) || intakeReached || pool.draining()) {
        pausing.add(partition.partition());
      }
    }
    Set<TopicPartition> paused = consumer.paused();
    consumer.pause(pausing.stream().filter(each -> !paused.contains(each)).toList());
    consumer.resume(paused.stream().filter(each -> !pausing.contains(each)).toList());
    commits.send(consumer, partitions());
  }

  @Override
  public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    // why: assigned again without a goodbye, tasks of the former assignment must not count
    leave(partitions);
    for (TopicPartition partition : partitions) {
      owned.put(partition, new OwnedPartition(partition, properties.span()));
    }
    pool.resize(permits());
  }

  @Override
  public void onPartitionsRevokedBeforeCommit(
      Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    List<OwnedPartition> gone = leave(partitions);
    if (gone.isEmpty()) {
      return;
    }
    if (!pool.draining() && !pool.awaitRevoked(properties.revocationWait())) {
      log.info("Stage {}: calls go on beyond the revocation of {}", topic.stage(), partitions);
    }
    commits.now(consumer, gone);
  }

  @Override
  public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    log.warn("Stage {}: lost {}, their records are handled elsewhere", topic.stage(), partitions);
    leave(partitions);
  }

  /** The consumer ended without a goodbye; what it had taken is delivered again. */
  void abandon() {
    leave(List.copyOf(owned.keySet()));
    commits.reset();
  }

  private void take(List<ConsumerRecord<String, byte[]>> messages, Consumer<?, ?> consumer) {
    int room = properties.intake() - pool.load();
    List<Task> taken = new ArrayList<>(messages.size());
    Set<TopicPartition> refused = new HashSet<>();
    try {
      for (ConsumerRecord<String, byte[]> message : messages) {
        TopicPartition at = new TopicPartition(message.topic(), message.partition());
        OwnedPartition partition = owned.get(at);
        if (partition == null
            || refused.contains(at)
            || partition.offsets().knows(message.offset())) {
          continue;
        }
        boolean inSpan = partition.offsets().admits(message.offset());
        if (inSpan && taken.size() < room) {
          partition.offsets().take(message.offset(), message.timestamp());
          taken.add(new Task(message, partition, sequence++));
          continue;
        }
        refused.add(at);
        intakeReached |= inSpan;
        if (!inSpan) {
          partition.spanRefused();
        }
        consumer.seek(at, message.offset());
      }
    } finally {
      // why in any case: what its tracker knows is not taken a second time
      pool.add(taken);
    }
  }

  private List<OwnedPartition> leave(Collection<TopicPartition> partitions) {
    List<OwnedPartition> gone =
        partitions.stream().map(owned::remove).filter(Objects::nonNull).toList();
    gone.forEach(OwnedPartition::revoke);
    pool.revoked(permits());
    return gone;
  }

  private int permits() {
    return topic.permitsPerPartition() * owned.size();
  }
}
