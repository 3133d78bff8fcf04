package io.kombine.worker.consume;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kombine.contracts.Topics;
import io.kombine.testing.TestKafka;
import io.kombine.worker.topic.StageProperties;
import io.kombine.worker.topic.StageProperties.Limits;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;

/** A topic of one test with its dead letters, and consumers of it; closes all of them. */
final class ConsumeBench implements AutoCloseable {

  static final String STAGE = "test";

  private final Map<String, Object> connection;
  private final DefaultKafkaProducerFactory<String, byte[]> producers;
  private final KafkaTemplate<String, byte[]> template;
  private final Map<String, Object> consumerSettings = new HashMap<>();
  private final List<CappedConsumer> consumers = new ArrayList<>();
  final String topic = TestKafka.uniqueName("capped");
  final String group = TestKafka.uniqueName("group");
  final MeterRegistry meters = new SimpleMeterRegistry();
  private final int partitions;

  ConsumeBench(int partitions) {
    this(partitions, TestKafka.bootstrapServers());
  }

  ConsumeBench(int partitions, String bootstrapServers) {
    this.partitions = partitions;
    this.connection = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    this.producers =
        new DefaultKafkaProducerFactory<>(
            connection, new StringSerializer(), new ByteArraySerializer());
    this.template = new KafkaTemplate<>(producers);
    try (Admin admin = Admin.create(connection)) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(topic, partitions, (short) 1),
                  new NewTopic(Topics.deadLetter(topic), 1, (short) 1)))
          .all()
          .get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** A further setting of the Kafka clients of consumers started from now on. */
  void set(String name, Object value) {
    consumerSettings.put(name, value);
  }

  /** Limits that suit a test: short waits, everything else as by default. */
  static ConsumeProperties limits() {
    return limits(2_000, 10_000, Duration.ofSeconds(5));
  }

  static ConsumeProperties limits(int intake, int span, Duration drain) {
    return new ConsumeProperties(
        intake,
        span,
        Duration.ofSeconds(2),
        drain,
        Duration.ofMillis(20),
        Duration.ofMillis(200),
        Duration.ofSeconds(1));
  }

  CappedConsumer start(ConsumeProperties limits, int permits, TaskHandler handler) {
    return start(limits, permits, handler, DeadLetterListener.none(), new SimpleMeterRegistry());
  }

  CappedConsumer start(
      ConsumeProperties limits,
      int permits,
      TaskHandler handler,
      DeadLetterListener deadLetters,
      MeterRegistry registry) {
    Limits unset = new Limits(null, null);
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 1_000);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 200);
    settings.putAll(consumerSettings);
    CappedConsumer consumer =
        new CappedConsumerFactory(
                new DefaultKafkaConsumerFactory<String, byte[]>(settings),
                template,
                new KafkaAdmin(connection),
                new StageProperties(unset, unset, unset, unset, unset),
                limits,
                registry,
                Clock.systemUTC())
            .create(new CappedTopic(STAGE, topic, group, permits), handler, deadLetters);
    consumers.add(consumer);
    consumer.start();
    return consumer;
  }

  /** Sends records {@code first} to {@code last}, round the partitions; their values say which. */
  void send(int first, int last) {
    for (int n = first; n <= last; n++) {
      send(n % partitions, Integer.toString(n));
    }
  }

  void send(int partition, String value) {
    try {
      template
          .send(topic, partition, "key-" + value, value.getBytes(UTF_8))
          .get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static String text(ConsumerRecord<String, byte[]> message) {
    return new String(message.value(), UTF_8);
  }

  /** What the group has committed of a partition, or 0. */
  long committed(int partition) {
    try (Admin admin = Admin.create(connection)) {
      var offset =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get(20, TimeUnit.SECONDS)
              .get(new TopicPartition(topic, partition));
      return offset == null ? 0 : offset.offset();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  long beginning(int partition) {
    TopicPartition at = new TopicPartition(topic, partition);
    try (Admin admin = Admin.create(connection)) {
      return admin
          .listOffsets(Map.of(at, OffsetSpec.earliest()))
          .partitionResult(at)
          .get(20, TimeUnit.SECONDS)
          .offset();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  List<ConsumerRecord<String, byte[]>> deadLetters(int expected) {
    List<ConsumerRecord<String, byte[]>> read = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> reader = reader()) {
      TopicPartition at = new TopicPartition(Topics.deadLetter(topic), 0);
      reader.assign(List.of(at));
      reader.seekToBeginning(List.of(at));
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (read.size() < expected && System.nanoTime() < deadline) {
        reader.poll(Duration.ofMillis(100)).forEach(read::add);
      }
    }
    return read;
  }

  @Override
  public void close() {
    consumers.forEach(CappedConsumer::stop);
    producers.destroy();
  }

  private KafkaConsumer<String, byte[]> reader() {
    return new KafkaConsumer<>(connection, new StringDeserializer(), new ByteArrayDeserializer());
  }
}
