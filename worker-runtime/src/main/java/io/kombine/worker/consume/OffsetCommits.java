package io.kombine.worker.consume;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what the trackers allow. A failed commit costs nothing but redelivery: the next one
 * carries the same offsets or higher ones. For the consumer thread only.
 */
final class OffsetCommits {

  private static final Logger log = LoggerFactory.getLogger(OffsetCommits.class);
  private static final Duration SYNC_TIMEOUT = Duration.ofSeconds(5);

  private boolean underWay;

  /** Sends what has changed and does not wait; one commit is under way at a time. */
  void send(Consumer<?, ?> consumer, Collection<OwnedPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = changed(partitions);
    if (underWay || offsets.isEmpty()) {
      return;
    }
    underWay = true;
    consumer.commitAsync(
        offsets,
        (sent, failure) -> {
          underWay = false;
          if (failure == null) {
            acknowledged(partitions, sent);
          } else {
            log.info("Commit of {} failed and is tried again: {}", sent, failure.toString());
          }
        });
  }

  /** Commits what has changed and waits for it, at most some seconds. */
  void now(Consumer<?, ?> consumer, Collection<OwnedPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = changed(partitions);
    if (offsets.isEmpty()) {
      return;
    }
    try {
      commit(consumer, offsets);
      acknowledged(partitions, offsets);
    } catch (KafkaException e) {
      log.warn("Commit of {} failed, their records will be delivered again", offsets, e);
    }
  }

  /** The consumer was closed with whatever was under way. */
  void reset() {
    underWay = false;
  }

  private static void commit(
      Consumer<?, ?> consumer, Map<TopicPartition, OffsetAndMetadata> offsets) {
    try {
      consumer.commitSync(offsets, SYNC_TIMEOUT);
    } catch (WakeupException e) {
      // why again: the wake-up was meant for the poll that the container is leaving
      consumer.commitSync(offsets, SYNC_TIMEOUT);
    }
  }

  private static Map<TopicPartition, OffsetAndMetadata> changed(
      Collection<OwnedPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (OwnedPartition owned : partitions) {
      owned
          .offsets()
          .committable()
          .ifPresent(offset -> {
            if (offset > owned.committed()) {
              offsets.put(owned.partition(), new OffsetAndMetadata(offset));
            }
          });
    }
    return offsets;
  }

  private static void acknowledged(
      Collection<OwnedPartition> partitions, Map<TopicPartition, OffsetAndMetadata> offsets) {
    for (OwnedPartition owned : partitions) {
      OffsetAndMetadata offset = offsets.get(owned.partition());
      if (offset != null) {
        owned.committed(offset.offset());
      }
    }
  }
}
