package io.kombine.local.replay;

import io.kombine.local.process.StackException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The dead letters of a topic. Each is put back once: how far it went is kept as the committed
 * offsets of a group of its own, so a second replay takes up what came since. A replay that is
 * killed may put back what it had not committed yet a second time, at most one poll of {@value
 * #AT_ONCE}; readers take that without harm. Two replays of one topic at once do the same work
 * twice, with the same effect.
 */
public final class DeadLetters {

  private static final int AT_ONCE = 500;
  private static final int MOST_BATCHES = 20;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String SUFFIX = "-dlt";
  private static final Pattern BATCH =
      Pattern.compile("\"batchId\"\\s*:\\s*\"([0-9a-f-]{36})\"", Pattern.CASE_INSENSITIVE);

  /**
   * What was put back.
   *
   * @param batches ids of batches that the records named, {@value #MOST_BATCHES} at most
   */
  public record Replayed(long records, Set<String> batches) {}

  private final String bootstrapServers;

  public DeadLetters(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Puts back all dead letters that were there when it began: key, value and headers as they are.
   *
   * @param topic where they came from
   * @throws StackException when there are none to be had or Kafka does not answer
   */
  public Replayed replay(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(topic);
        KafkaProducer<byte[], byte[]> producer = producer()) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, TIMEOUT);
      long records = 0;
      Set<String> batches = new TreeSet<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey(), TIMEOUT) < end.getValue())) {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofMillis(500));
        Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
        List<Future<RecordMetadata>> sends = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : polled) {
          TopicPartition from = new TopicPartition(record.topic(), record.partition());
          // why: what comes back as a dead letter while this runs would go round for ever
          if (record.offset() < ends.getOrDefault(from, 0L)) {
            sends.add(
                producer.send(
                    new ProducerRecord<>(
                        topic, null, record.key(), record.value(), record.headers())));
            done.put(from, new OffsetAndMetadata(record.offset() + 1));
            note(record, batches);
          }
        }
        for (Future<RecordMetadata> send : sends) {
          send.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        }
        consumer.commitSync(done, TIMEOUT);
        records += sends.size();
      }
      return new Replayed(records, batches);
    } catch (KafkaException | ExecutionException | TimeoutException e) {
      throw new StackException(
          "The dead letters of %s cannot be replayed: %s".formatted(topic, e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted; what was put back so far stays.", e);
    }
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, String topic) {
    Map<String, List<PartitionInfo>> topics = consumer.listTopics(TIMEOUT);
    if (!topics.containsKey(topic)) {
      throw new StackException("There is no topic " + topic + ".");
    }
    return topics.getOrDefault(topic + SUFFIX, List.of()).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  private static void note(ConsumerRecord<byte[], byte[]> record, Set<String> batches) {
    if (record.value() != null && batches.size() < MOST_BATCHES) {
      Matcher found = BATCH.matcher(new String(record.value(), StandardCharsets.UTF_8));
      if (found.find()) {
        batches.add(found.group(1));
      }
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer(String topic) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.GROUP_ID_CONFIG,
            "kombine-replay-" + topic,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            AT_ONCE),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.ACKS_CONFIG,
            "all"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
