package io.kombine.batch.event;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** How far {@code step.events} is applied; moves in the transactions that apply it. */
@Repository
class AppliedOffsets {

  private final JdbcClient jdbc;

  AppliedOffsets(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Transactional(readOnly = true)
  Map<TopicPartition, Long> find(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> found = new HashMap<>();
    jdbc.sql("SELECT topic, partition, next_offset FROM applied_offsets")
        .query(row -> {
          TopicPartition partition =
              new TopicPartition(row.getString("topic"), row.getInt("partition"));
          if (partitions.contains(partition)) {
            found.put(partition, row.getLong("next_offset"));
          }
        });
    return found;
  }

  /**
   * Locks a partition's offset until the transaction ends, so that two replicas never apply the
   * same records at once.
   *
   * @return the first offset that is not applied
   */
  @Transactional(propagation = Propagation.MANDATORY)
  long lock(TopicPartition partition) {
    return jdbc.sql(
            """
            INSERT INTO applied_offsets AS a (topic, partition, next_offset) VALUES (?, ?, 0)
            ON CONFLICT (topic, partition) DO UPDATE SET next_offset = a.next_offset
            RETURNING next_offset
            """)
        .params(partition.topic(), partition.partition())
        .query(Long.class)
        .single();
  }

  @Transactional(propagation = Propagation.MANDATORY)
  void advance(TopicPartition partition, long nextOffset) {
    jdbc.sql("UPDATE applied_offsets SET next_offset = ? WHERE topic = ? AND partition = ?")
        .params(nextOffset, partition.topic(), partition.partition())
        .update();
  }

  /** Forgets a partition whose records are not the ones it was applied from. */
  @Transactional
  void forget(TopicPartition partition) {
    jdbc.sql("DELETE FROM applied_offsets WHERE topic = ? AND partition = ?")
        .params(partition.topic(), partition.partition())
        .update();
  }
}
