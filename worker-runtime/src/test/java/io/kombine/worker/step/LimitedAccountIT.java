package io.kombine.worker.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.Ids;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StatusEvent;
import io.kombine.contracts.StepEvent;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepProblem;
import io.kombine.contracts.StepState;
import io.kombine.contracts.Topics;
import io.kombine.testing.KombineInfrastructure;
import io.kombine.testing.TestKafka;
import io.kombine.worker.ProcessConfiguration;
import io.kombine.worker.artifact.ArtifactStore;
import io.kombine.worker.consume.ContractRecords;
import io.kombine.worker.provider.ProviderOutcome.Auth;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@KombineInfrastructure
@SpringBootTest(
    classes = LimitedAccountIT.Worker.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.config.import=classpath:kombine-service.yml",
      "spring.application.name=limit-tests",
      "spring.datasource.hikari.schema=i2i_worker",
      "spring.flyway.schemas=i2i_worker",
      "spring.flyway.default-schema=i2i_worker",
      "spring.flyway.locations=classpath:io/kombine/worker/claim/migration",
      "kombine.worker.kinds=i2i",
      "kombine.accounts.fake.requests-per-window=4",
      "kombine.accounts.fake.window=3s",
      "kombine.accounts.fake.concurrent-calls=2",
      "kombine.accounts.fake.spend-per-window.amount=100",
      "kombine.accounts.fake.spend-per-window.currency=USD"
    })
@DirtiesContext // why: its consumer shares the group with that of other test classes
class LimitedAccountIT {

  private static final Duration LONG = Duration.ofSeconds(40);

  @TempDir static Path data;

  @Autowired ScriptedProvider provider;
  @Autowired ArtifactStore store;
  @Autowired KafkaTemplate<String, byte[]> kafka;
  @Autowired JdbcTemplate jdbc;
  @LocalServerPort int port;

  private final List<StepEvent> events = new ArrayList<>();
  private KafkaConsumer<String, byte[]> reader;

  @SpringBootApplication(proxyBeanMethods = false)
  @Import({ProcessConfiguration.class, StepWorkerConfiguration.class})
  static class Worker {
    @Bean
    ScriptedProvider scriptedProvider() {
      return new ScriptedProvider();
    }
  }

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry registry) {
    registry.add("kombine.artifacts.directory", () -> data.resolve("artifacts"));
  }

  @BeforeEach
  void listen() {
    reader =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, TestKafka.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG, TestKafka.uniqueName("limit-tests"),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    reader.subscribe(List.of(Topics.STEP_EVENTS));
  }

  @AfterEach
  void stop() {
    reader.close();
  }

  @Test
  void stepsBeyondTheRateWaitWithoutSlotAndAreCalledOnce() throws IOException {
    Instant begin = Instant.now();
    List<RunStep> steps = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      steps.add(send());
    }

    Awaitility.await().atMost(LONG).until(() -> ended(StepState.SUCCEEDED, steps) == 10);

    assertThat(Duration.between(begin, Instant.now())).isGreaterThan(Duration.ofSeconds(6));
    assertThat(provider.callsOf(steps.stream().map(RunStep::stepId).toList())).isEqualTo(10);
    assertThat(ended(StepState.RETRY_WAIT, steps)).isZero();
    assertThat(
            jdbc.queryForObject(
                "select count(*) from slots where free_after > clock_timestamp()", Integer.class))
        .isZero();
    assertThat(
            jdbc.queryForObject(
                "select count(*) from account_limits.calls where running_until is not null",
                Integer.class))
        .isZero();
  }

  @Test
  void stepsOfAPausedAccountGoBackWithoutACallUntilItIsResumed() throws Exception {
    provider.script.add(new Auth("The key was refused."));
    RunStep refused = send();
    Awaitility.await().atMost(LONG).until(() -> ended(StepState.FAILED, List.of(refused)) == 1);

    RunStep next = send();
    Awaitility.await().atMost(LONG).until(() -> ended(StepState.RETRY_WAIT, List.of(next)) == 1);

    assertThat(provider.callsOf(List.of(next.stepId()))).isZero();
    StepEvent back =
        of(List.of(next)).filter(e -> e.state() == StepState.RETRY_WAIT).toList().getFirst();
    assertThat(back.error()).extracting(StepProblem::code).isEqualTo("wait");
    assertThat(back.attempt()).isEqualTo(1);
    assertThat(back.retryAt()).isAfter(Instant.now().plusSeconds(500));
    assertThat(resume("nobody")).isEqualTo(404);
    assertThat(resume("fake")).isEqualTo(204);
    RunStep again = Steps.again(next, 2, 1);
    publish(again);
    Awaitility.await().atMost(LONG).until(() -> ended(StepState.SUCCEEDED, List.of(next)) == 1);
  }

  @Test
  void accountHearsWhatWasLearntOfALostCall() throws Exception {
    ArtifactRef source =
        store.put("source".getBytes(StandardCharsets.UTF_8), "application/octet-stream");
    RunStep lost = Steps.root(Ids.next(), source, 1, List.of());
    jdbc.update(
        """
        insert into claims (step_id, batch_id, kind, epoch, token, state, owner, lease_until,
            begun_token, call_epoch, call_started_at, call_deadline, provider_task_id)
        select ?, ?, 'i2i', 1, t, 'SUBMITTED', 'a worker that is gone', now() - interval '1 minute',
            t, 1, now() - interval '2 minutes', now() - interval '90 seconds', 'task-1'
        from nextval('claim_tokens') t
        """,
        lost.stepId(),
        lost.batchId());
    provider.answers.add(new Auth("The key was refused."));

    publish(lost);

    Awaitility.await().atMost(LONG).until(() -> ended(StepState.FAILED, List.of(lost)) == 1);
    assertThat(provider.asked).containsOnly(lost.stepId());
    assertThat(provider.callsOf(List.of(lost.stepId()))).isZero();
    RunStep next = send();
    Awaitility.await().atMost(LONG).until(() -> ended(StepState.RETRY_WAIT, List.of(next)) == 1);
    assertThat(provider.callsOf(List.of(next.stepId()))).isZero();
    assertThat(resume("fake")).isEqualTo(204);
  }

  private int resume(String account) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(
                      URI.create("http://localhost:" + port + "/actuator/accounts/" + account))
                  .POST(HttpRequest.BodyPublishers.noBody())
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  private RunStep send() throws IOException {
    ArtifactRef source =
        store.put("source".getBytes(StandardCharsets.UTF_8), "application/octet-stream");
    RunStep step = Steps.root(Ids.next(), source, 1, List.of());
    publish(step);
    return step;
  }

  private void publish(RunStep step) {
    kafka.send(ContractRecords.write(StepKind.I2I.topic(), step.stepId().toString(), step)).join();
  }

  private long ended(StepState state, List<RunStep> steps) {
    reader
        .poll(Duration.ofMillis(100))
        .forEach(message -> {
          if (ContractRecords.read(message, StatusEvent.class) instanceof StepEvent event) {
            events.add(event);
          }
        });
    return of(steps)
        .filter(event -> event.state() == state)
        .map(StepEvent::stepId)
        .distinct()
        .count();
  }

  private Stream<StepEvent> of(List<RunStep> steps) {
    return events.stream()
        .filter(event -> steps.stream().anyMatch(step -> step.stepId().equals(event.stepId())));
  }
}
