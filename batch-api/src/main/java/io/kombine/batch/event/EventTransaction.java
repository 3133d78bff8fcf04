package io.kombine.batch.event;

import io.kombine.contracts.StatusEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Effects and offsets of some records, all or nothing. */
@Service
class EventTransaction {

  /**
   * A record's place and what it says.
   *
   * @param event absent where it says nothing: only its offset counts then
   */
  record Placed(TopicPartition partition, long offset, @Nullable StatusEvent event) {}

  private final AppliedOffsets offsets;
  private final EventApplication application;

  EventTransaction(AppliedOffsets offsets, EventApplication application) {
    this.offsets = offsets;
    this.application = application;
  }

  /** Applies those that are not applied yet. Records of a partition come in their order. */
  @Transactional
  void apply(List<Placed> records) {
    Map<TopicPartition, Long> ends = new TreeMap<>(AppliedOrder.BY_NAME);
    for (Placed placed : records) {
      ends.merge(placed.partition(), placed.offset() + 1, Math::max);
    }
    Map<TopicPartition, Long> applied = new HashMap<>();
    for (TopicPartition partition : ends.keySet()) {
      applied.put(partition, offsets.lock(partition));
    }
    List<StatusEvent> fresh = new ArrayList<>();
    for (Placed placed : records) {
      StatusEvent event = placed.event();
      if (event != null && placed.offset() >= applied.getOrDefault(placed.partition(), 0L)) {
        fresh.add(event);
      }
    }
    application.apply(fresh);
    ends.forEach((partition, end) -> {
      if (end > applied.getOrDefault(partition, 0L)) {
        offsets.advance(partition, end);
      }
    });
  }
}
