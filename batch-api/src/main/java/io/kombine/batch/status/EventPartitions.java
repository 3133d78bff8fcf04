package io.kombine.batch.status;

import io.kombine.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.common.utils.Utils;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** Which partition of {@code step.events} holds a batch's events: the one its key is hashed to. */
@Component
class EventPartitions {

  private final KafkaTemplate<?, ?> kafka;
  private volatile int count;

  EventPartitions(KafkaTemplate<?, ?> kafka) {
    this.kafka = kafka;
  }

  /**
   * @throws org.apache.kafka.common.KafkaException when the broker does not answer and never has
   */
  int of(UUID batchId) {
    return of(batchId, count());
  }

  static int of(UUID batchId, int partitions) {
    byte[] key = batchId.toString().getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }

  private int count() {
    int known = count;
    if (known == 0) {
      // why kept: more partitions would move keys, so the number never changes under a system
      known = kafka.partitionsFor(Topics.STEP_EVENTS).size();
      count = known;
    }
    return known;
  }
}
