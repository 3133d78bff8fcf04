package io.kombine.worker.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.StepKind;
import io.kombine.contracts.Topics;
import io.kombine.testing.TestKafka;
import io.kombine.worker.consume.CappedConsumerFactory;
import io.kombine.worker.consume.ConsumeConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Uses the topics by their real names, so it removes them before and after. */
class TopicConfigurationIT {

  private final Map<String, Object> connection =
      Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, TestKafka.bootstrapServers());

  private final ApplicationContextRunner context =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class))
          .withBean(Clock.class, Clock::systemUTC)
          .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
          .withUserConfiguration(ConsumeConfiguration.class)
          .withPropertyValues("spring.kafka.bootstrap-servers=" + TestKafka.bootstrapServers());

  @BeforeEach
  @AfterEach
  void removeTopics() throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(connection)) {
      admin.deleteTopics(ours(admin)).all().get();
      Awaitility.await().until(() -> ours(admin).isEmpty());
    }
  }

  @Test
  void startCreatesAllTopicsAndTheSecondStartChangesNothing() {
    context
        .withPropertyValues("kombine.stages.i2v.partitions=7")
        .run(started -> {
          assertThat(started).hasSingleBean(CappedConsumerFactory.class);
          Map<String, TopicDescription> topics = describe();
          assertThat(topics).hasSize(18);
          assertThat(partitions(topics, "steps.analysis")).isEqualTo(5);
          assertThat(partitions(topics, "steps.i2i")).isEqualTo(3);
          assertThat(partitions(topics, "steps.audio")).isEqualTo(2);
          assertThat(partitions(topics, "steps.i2v")).isEqualTo(7);
          assertThat(partitions(topics, "deliveries")).isEqualTo(4);
          assertThat(partitions(topics, "step.events")).isEqualTo(6);
          assertThat(partitions(topics, "batch.control")).isEqualTo(1);
          assertThat(partitions(topics, "generation.requests")).isEqualTo(3);
          assertThat(partitions(topics, "generation.replies")).isEqualTo(3);
          assertThat(partitions(topics, "steps.i2i-dlt")).isEqualTo(1);
          assertThat(setting("batch.control", TopicConfig.CLEANUP_POLICY_CONFIG))
              .isEqualTo("compact");
          assertThat(setting("steps.i2i", TopicConfig.CLEANUP_POLICY_CONFIG)).isEqualTo("delete");
          assertThat(setting("steps.i2i", TopicConfig.RETENTION_MS_CONFIG)).isEqualTo("-1");
          assertThat(setting("step.events", TopicConfig.RETENTION_MS_CONFIG))
              .isEqualTo("2592000000");
        });
    context
        .withPropertyValues("kombine.stages.i2v.partitions=7")
        .run(again -> assertThat(again).hasNotFailed());
  }

  @Test
  void anotherNumberOfPartitionsStopsTheStart() throws Exception {
    try (Admin admin = Admin.create(connection)) {
      admin.createTopics(List.of(new NewTopic("steps.i2i", 2, (short) 1))).all().get();
    }
    context.run(stopped ->
        assertThat(stopped.getStartupFailure())
            .hasMessageStartingWith("Topic steps.i2i has 2 partitions, but 3 are configured"));
  }

  @Test
  void absentBrokerStopsTheStartInTime() {
    context
        .withPropertyValues(
            "spring.kafka.bootstrap-servers=127.0.0.1:1", "kombine.topics.broker-wait=1s")
        .run(stopped ->
            assertThat(stopped.getStartupFailure())
                .hasMessageContaining("within PT1S (kombine.topics.broker-wait)"));
  }

  private static List<String> ours(Admin admin) throws ExecutionException, InterruptedException {
    return admin.listTopics().names().get().stream().filter(allTopics()::contains).toList();
  }

  private static List<String> allTopics() {
    return Stream.concat(
            Stream.of(StepKind.values()).map(StepKind::topic),
            Stream.of(
                Topics.DELIVERIES,
                Topics.STEP_EVENTS,
                Topics.BATCH_CONTROL,
                Topics.GENERATION_REQUESTS,
                Topics.GENERATION_REPLIES))
        .flatMap(topic -> Stream.of(topic, Topics.deadLetter(topic)))
        .toList();
  }

  private Map<String, TopicDescription> describe() throws Exception {
    try (Admin admin = Admin.create(connection)) {
      return admin.describeTopics(allTopics()).allTopicNames().get();
    }
  }

  private static int partitions(Map<String, TopicDescription> topics, String name) {
    return topics.get(name).partitions().size();
  }

  private String setting(String topic, String name) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = Admin.create(connection)) {
      return admin.describeConfigs(List.of(resource)).all().get().get(resource).get(name).value();
    }
  }
}
