package io.kombine.batch.event;

import static io.kombine.batch.event.Scenario.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.batch.event.Scenario.Step;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.StatusEvent;
import io.kombine.contracts.StepState;
import io.kombine.contracts.Topics;
import io.kombine.testing.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

class StepEventListenerIT extends SettlementTest {

  @Autowired Scenario scenario;
  @Autowired KafkaTemplate<String, byte[]> kafka;
  @Autowired AppliedOffsets offsets;
  @Autowired ConcurrentMessageListenerContainer<byte[], byte[]> container;

  @Test
  void recordNobodyCanReadGoesToTheDeadLettersAndBlocksNothing() throws Exception {
    UUID batchId = scenario.batch(1, 0);
    scenario.admit(batchId, false);
    Step step = scenario.step(batchId, 0);
    String nonsense = "{nonsense " + batchId;
    send(batchId, nonsense.getBytes(StandardCharsets.UTF_8));
    send(batchId, "{\"type\":\"of the future\"}".getBytes(StandardCharsets.UTF_8));
    send(batchId, event(batchId, step, 1, StepState.SUCCEEDED, "0.002"));

    await(() -> scenario.step(batchId, 0).state() == StepState.SUCCEEDED);
    assertThat(deadLetters(nonsense)).hasSize(1);
  }

  @Test
  void recordTheDatabaseRefusesIsSetAsideFromItsNeighbours() {
    UUID batchId = scenario.batch(3, 0);
    scenario.admit(batchId, false);
    var good = event(batchId, scenario.step(batchId, 0), 1, StepState.SUCCEEDED, "0.002");
    var bad = event(batchId, scenario.step(batchId, 1), 1, StepState.SUCCEEDED, "0.002");
    var foreign =
        new io.kombine.contracts.StepEvent(
            1,
            bad.eventId(),
            batchId,
            bad.stepId(),
            bad.kind(),
            0,
            1,
            1,
            1,
            bad.state(),
            bad.time(),
            "worker",
            "local",
            bad.outputs(),
            io.kombine.contracts.Money.of("1", "EUR"),
            null,
            null,
            null);
    container.pause();
    try {
      send(batchId, good);
      send(batchId, foreign);
      send(batchId, event(batchId, scenario.step(batchId, 2), 1, StepState.SUCCEEDED, "0.002"));
    } finally {
      container.resume();
    }
    await(() -> scenario.step(batchId, 2).state() == StepState.SUCCEEDED);
    assertThat(scenario.step(batchId, 0).state()).isEqualTo(StepState.SUCCEEDED);
    // why failed: its worker would answer every new admission with the same end
    assertThat(scenario.step(batchId, 1).state()).isEqualTo(StepState.FAILED);
    assertThat(scenario.row(batchId).spent()).isEqualByComparingTo("0.004");
    assertThat(deadLetters(bad.stepId().toString())).hasSize(1);
  }

  @Test
  void pollThatMeetsALostDatabaseComesAgainAndLosesNothing() {
    UUID batchId = scenario.batch(1, 1);
    scenario.admit(batchId, false);
    scenario.run("ALTER TABLE step_outputs RENAME TO step_outputs_away");
    try {
      send(batchId, event(batchId, scenario.step(batchId, 0), 1, StepState.SUCCEEDED, "0.002"));
      Awaitility.await()
          .during(Duration.ofSeconds(1))
          .atMost(Duration.ofSeconds(10))
          .until(() -> scenario.step(batchId, 0).state() == StepState.QUEUED);
    } finally {
      scenario.run("ALTER TABLE step_outputs_away RENAME TO step_outputs");
    }
    await(() -> scenario.step(batchId, 0).state() == StepState.SUCCEEDED);
    assertThat(scenario.row(batchId).spent()).isEqualByComparingTo("0.002");
    assertThat(scenario.step(batchId, 1).state()).isEqualTo(StepState.READY);
  }

  @Test
  void readerBeginsWhereTheDatabaseIs() {
    UUID batchId = scenario.batch(1, 0);
    scenario.admit(batchId, false);
    send(batchId, event(batchId, scenario.step(batchId, 0), 1, StepState.RUNNING));
    await(() -> scenario.step(batchId, 0).state() == StepState.RUNNING);
    container.stop();
    // a database from before that record: as after a restore
    TopicPartition partition = partitionOf(batchId);
    long applied = offsets.find(List.of(partition)).getOrDefault(partition, 0L);
    scenario.run(
        "UPDATE applied_offsets SET next_offset = %d WHERE topic = '%s' AND partition = %d"
            .formatted(applied - 1, partition.topic(), partition.partition()));
    scenario.run(
        "UPDATE steps SET state = 'QUEUED', rank = 3 WHERE batch_id = '%s'".formatted(batchId));
    container.start();
    await(() -> scenario.step(batchId, 0).state() == StepState.RUNNING);
  }

  private TopicPartition partitionOf(UUID batchId) {
    int partitions = kafka.partitionsFor(Topics.STEP_EVENTS).size();
    byte[] key = batchId.toString().getBytes(StandardCharsets.UTF_8);
    return new TopicPartition(
        Topics.STEP_EVENTS,
        org.apache.kafka.common.utils.Utils.toPositive(
                org.apache.kafka.common.utils.Utils.murmur2(key))
            % partitions);
  }

  private void send(UUID batchId, StatusEvent event) {
    send(batchId, ContractJson.mapper().writeValueAsBytes(event));
  }

  private void send(UUID batchId, byte[] value) {
    kafka.send(Topics.STEP_EVENTS, batchId.toString(), value).join();
  }

  private static void await(java.util.concurrent.Callable<Boolean> fact) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(fact);
  }

  private static List<String> deadLetters(String containing) {
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                TestKafka.bootstrapServers(),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(Topics.deadLetter(Topics.STEP_EVENTS), 0);
      consumer.assign(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      consumer.seekToBeginning(List.of(partition));
      List<String> found = new ArrayList<>();
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          assertThat(record.headers().lastHeader("kombine-reason")).isNotNull();
          if (record.value().contains(containing)) {
            found.add(record.value());
          }
        }
      }
      return found;
    }
  }
}
