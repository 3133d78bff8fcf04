package io.kombine.batch.event;

import java.util.Comparator;
import org.apache.kafka.common.TopicPartition;

/**
 * The one order in which partitions' offsets are locked, so that replicas never wait in a circle.
 */
final class AppliedOrder {

  static final Comparator<TopicPartition> BY_NAME =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  private AppliedOrder() {}
}
