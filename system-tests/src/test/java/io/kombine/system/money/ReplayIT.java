package io.kombine.system.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kombine.local.process.StackException;
import io.kombine.local.replay.DeadLetters;
import io.kombine.local.replay.DeadLetters.Replayed;
import io.kombine.testing.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class ReplayIT {

  private final String topic = "replay-" + UUID.randomUUID();

  @Test
  void eachDeadLetterGoesBackOnceAsItCame() throws Exception {
    String batch = UUID.randomUUID().toString();
    try (Admin admin = Admin.create(servers())) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(topic, 2, (short) 1), new NewTopic(topic + "-dlt", 1, (short) 1)))
          .all()
          .get();
    }
    dies("one", "{\"batchId\":\"" + batch + "\"}");
    dies("two", "not json");

    Replayed first = new DeadLetters(TestKafka.bootstrapServers()).replay(topic);
    assertThat(first.records()).isEqualTo(2);
    assertThat(first.batches()).containsExactly(batch);
    assertThat(new DeadLetters(TestKafka.bootstrapServers()).replay(topic).records()).isZero();

    dies("three", "later");
    assertThat(new DeadLetters(TestKafka.bootstrapServers()).replay(topic).records()).isEqualTo(1);
    List<ConsumerRecord<String, String>> back = read(3);
    assertThat(back)
        .extracting(ConsumerRecord::key)
        .containsExactlyInAnyOrder("one", "two", "three");
    assertThat(back)
        .extracting(ConsumerRecord::value)
        .containsExactlyInAnyOrder("{\"batchId\":\"" + batch + "\"}", "not json", "later");
    assertThat(back)
        .allSatisfy(record ->
            assertThat(
                    new String(
                        record.headers().lastHeader("kombine-reason").value(),
                        StandardCharsets.UTF_8))
                .isEqualTo("told so"));
  }

  @Test
  void unknownTopicIsRefused() {
    assertThatThrownBy(() -> new DeadLetters(TestKafka.bootstrapServers()).replay(topic))
        .isInstanceOf(StackException.class)
        .hasMessage("There is no topic " + topic + ".");
  }

  private void dies(String key, String value) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(servers(), new StringSerializer(), new StringSerializer())) {
      ProducerRecord<String, String> letter = new ProducerRecord<>(topic + "-dlt", key, value);
      letter.headers().add("kombine-reason", "told so".getBytes(StandardCharsets.UTF_8));
      producer.send(letter).get();
    }
  }

  private List<ConsumerRecord<String, String>> read(int many) {
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(servers(), new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (records.size() < many && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  private static Map<String, Object> servers() {
    return Map.of("bootstrap.servers", TestKafka.bootstrapServers());
  }
}
