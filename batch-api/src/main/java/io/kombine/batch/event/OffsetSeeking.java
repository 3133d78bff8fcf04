package io.kombine.batch.event;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.stereotype.Component;

/**
 * Puts the consumer where the database is: at the first record that is not applied. What Kafka
 * remembers for the group is for looking at only.
 */
@Component
class OffsetSeeking implements ConsumerAwareRebalanceListener {

  private static final Logger log = LoggerFactory.getLogger(OffsetSeeking.class);

  private final AppliedOffsets offsets;

  OffsetSeeking(AppliedOffsets offsets) {
    this.offsets = offsets;
  }

  @Override
  public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> applied = offsets.find(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
    for (TopicPartition partition : partitions) {
      long beginning = beginnings.getOrDefault(partition, 0L);
      long next = applied.getOrDefault(partition, beginning);
      if (next > ends.getOrDefault(partition, Long.MAX_VALUE)) {
        log.warn(
            "{} ends before {}: it was made anew and is read from its beginning", partition, next);
        offsets.forget(partition);
        next = beginning;
      } else if (next < beginning) {
        log.error("Records {} to {} of {} are gone unread", next, beginning - 1, partition);
        next = beginning;
      }
      consumer.seek(partition, next);
    }
  }
}
