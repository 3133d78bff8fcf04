package io.kombine.batch.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.ContractJson;
import io.kombine.contracts.GenerationReply;
import io.kombine.contracts.Topics;
import io.kombine.testing.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Another service: sends requests and reads what is replied to them. For one thread. */
final class KafkaDoor implements AutoCloseable {

  /** Mapped to owner {@code local}. */
  static final String TOPIC = TestKafka.uniqueName("requests-of-local");

  /** Read, and mapped to nobody. */
  static final String STRANGERS_TOPIC = TestKafka.uniqueName("requests-of-strangers");

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A reply with the record it came in. */
  record Reply(GenerationReply message, ConsumerRecord<String, byte[]> record) {

    @Nullable String header(String name) {
      Header header = record.headers().lastHeader(name);
      return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
  }

  private final KafkaProducer<String, byte[]> producer;
  private final KafkaConsumer<String, byte[]> replies;
  private final List<Reply> read = new ArrayList<>();

  KafkaDoor() {
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                TestKafka.bootstrapServers(),
                "compression.type",
                "lz4",
                "max.request.size",
                8_000_000),
            new StringSerializer(),
            new ByteArraySerializer());
    replies = reader(Topics.GENERATION_REPLIES, false);
  }

  static String envelope(String requestId, String kind, String request) {
    return """
    {"version": 1, "requestId": %s, "kind": %s, "request": %s}\
    """
        .formatted(
            DoorIT.JSON.writeValueAsString(requestId),
            DoorIT.JSON.writeValueAsString(kind),
            request);
  }

  static String newId() {
    return "r-" + UUID.randomUUID();
  }

  void send(String topic, @Nullable String key, String value, String... headers) {
    send(topic, key, value.getBytes(StandardCharsets.UTF_8), headers);
  }

  void send(String topic, @Nullable String key, byte[] value, String... headers) {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
    for (int i = 0; i < headers.length; i += 2) {
      record.headers().add(headers[i], headers[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    try {
      producer.send(record).get();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Sends a request and waits for what it is answered with first. */
  Reply ask(String kind, String request) {
    String id = newId();
    send(TOPIC, id, envelope(id, kind, request));
    return first(id);
  }

  Reply first(String requestId) {
    return await(requestId, 1).getFirst();
  }

  /** Waits until so many replies to a request have come, and gives them in their order. */
  List<Reply> await(String requestId, int count) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> {
          poll();
          return of(requestId).size() >= count;
        });
    return of(requestId);
  }

  private List<Reply> of(String requestId) {
    return read.stream().filter(reply -> reply.message().requestId().equals(requestId)).toList();
  }

  private void poll() {
    replies
        .poll(Duration.ofMillis(100))
        .forEach(record ->
            read.add(
                new Reply(
                    ContractJson.mapper().readValue(record.value(), GenerationReply.class),
                    record)));
  }

  /** Waits for a record of a topic's dead letters. */
  static ConsumerRecord<String, byte[]> deadLetter(
      String topic, Predicate<ConsumerRecord<String, byte[]>> wanted) {
    List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> letters = reader(Topics.deadLetter(topic), true)) {
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> {
            letters
                .poll(Duration.ofMillis(200))
                .forEach(record -> {
                  if (wanted.test(record)) {
                    found.add(record);
                  }
                });
            return !found.isEmpty();
          });
    }
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static KafkaConsumer<String, byte[]> reader(String topic, boolean fromBeginning) {
    KafkaConsumer<String, byte[]> reader =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", TestKafka.bootstrapServers()),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        reader.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    reader.assign(partitions);
    if (fromBeginning) {
      reader.seekToBeginning(partitions);
    } else {
      reader.seekToEnd(partitions);
    }
    partitions.forEach(reader::position);
    return reader;
  }

  @Override
  public void close() {
    producer.close();
    replies.close();
  }
}
