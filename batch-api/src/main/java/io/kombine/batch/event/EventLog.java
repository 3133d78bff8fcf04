package io.kombine.batch.event;

import io.kombine.contracts.StepEvent;
import io.kombine.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/** Reads {@code step.events} from its beginning, apart from the listener and its offsets. */
@Component
public class EventLog {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaProperties kafka;

  EventLog(KafkaProperties kafka) {
    this.kafka = kafka;
  }

  /**
   * A batch's step events in their order.
   *
   * @param complete false where events as old as the batch are no longer kept
   */
  public record Told(List<StepEvent> events, boolean complete) {}

  /**
   * All that was said of a batch's steps so far. Takes time and reads over all other batches of the
   * partition; memory is for this batch's events alone. Records that cannot be read are passed
   * over, as the listener does.
   *
   * @throws org.apache.kafka.common.KafkaException when the broker does not answer for 30 s
   */
  public Told of(UUID batchId, Instant since) {
    Map<String, Object> properties = new HashMap<>(kafka.buildConsumerProperties());
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    String key = batchId.toString();
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    List<StepEvent> events = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      int partitions = consumer.partitionsFor(Topics.STEP_EVENTS, PATIENCE).size();
      TopicPartition partition =
          new TopicPartition(
              Topics.STEP_EVENTS, Utils.toPositive(Utils.murmur2(bytes)) % partitions);
      List<TopicPartition> one = List.of(partition);
      consumer.assign(one);
      consumer.seekToBeginning(one);
      long end = consumer.endOffsets(one, PATIENCE).getOrDefault(partition, 0L);
      boolean complete = consumer.position(partition, PATIENCE) == 0;
      boolean first = true;
      while (consumer.position(partition, PATIENCE) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
          if (first) {
            complete |= record.timestamp() < since.toEpochMilli();
            first = false;
          }
          if (record.key() != null
              && key.equals(new String(record.key(), StandardCharsets.UTF_8))
              && record.offset() < end) {
            read(record, events);
          }
        }
      }
      return new Told(events, complete);
    }
  }

  private static void read(ConsumerRecord<byte[], byte[]> record, List<StepEvent> events) {
    try {
      if (StatusEvents.read(record.value()) instanceof StepEvent event) {
        events.add(event);
      }
    } catch (JacksonException | IllegalArgumentException | NullPointerException poison) {
      // why nothing: the listener has put it among the dead letters, with its reason
      return;
    }
  }
}
