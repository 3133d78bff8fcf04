package io.kombine.worker.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.BatchControl;
import io.kombine.contracts.BatchControl.Hold;
import io.kombine.contracts.ControlConfirmed;
import io.kombine.contracts.DeliverFile;
import io.kombine.contracts.Ids;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StatusEvent;
import io.kombine.contracts.StepEvent;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepState;
import io.kombine.contracts.StopOutcome;
import io.kombine.contracts.Topics;
import io.kombine.testing.KombineInfrastructure;
import io.kombine.testing.TestKafka;
import io.kombine.worker.ProcessConfiguration;
import io.kombine.worker.artifact.ArtifactStore;
import io.kombine.worker.consume.ContractRecords;
import io.kombine.worker.provider.ProviderOutcome.Ambiguous;
import io.kombine.worker.provider.ProviderOutcome.Retry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@KombineInfrastructure
@SpringBootTest(
    classes = StepWorkerIT.Worker.class,
    webEnvironment = WebEnvironment.NONE,
    properties = {
      "spring.config.import=classpath:kombine-service.yml",
      "spring.application.name=step-tests",
      "spring.datasource.hikari.schema=i2i_worker",
      "spring.flyway.schemas=i2i_worker",
      "spring.flyway.default-schema=i2i_worker",
      "spring.flyway.locations=classpath:io/kombine/worker/claim/migration",
      "kombine.worker.kinds=i2i"
    })
@DirtiesContext // why: its consumer shares the group with that of other test classes
class StepWorkerIT {

  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir static Path data;

  @Autowired ScriptedProvider provider;
  @Autowired ArtifactStore store;
  @Autowired KafkaTemplate<String, byte[]> kafka;
  @Autowired JdbcTemplate jdbc;

  private final List<StatusEvent> events = new ArrayList<>();
  private final List<RunStep> chained = new ArrayList<>();
  private final List<DeliverFile> deliveries = new ArrayList<>();
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
                ConsumerConfig.GROUP_ID_CONFIG, TestKafka.uniqueName("step-tests"),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    reader.subscribe(List.of(Topics.STEP_EVENTS, StepKind.I2V.topic(), Topics.DELIVERIES));
  }

  @AfterEach
  void stop() {
    CountDownLatch closed = provider.gate;
    provider.gate = null;
    if (closed != null) {
      closed.countDown();
    }
    reader.close();
  }

  @Test
  void successIsReportedDeliveredAndChainedOnceForAnyNumberOfCopies() throws IOException {
    UUID batch = Ids.next();
    RunStep child = Steps.child(batch);
    RunStep root = Steps.root(batch, source(), 1, List.of(child));

    send(root);
    send(root);
    await(root, StepState.SUCCEEDED);
    send(root);
    await().atMost(LONG).until(() -> ends(root).size() >= 3);

    assertThat(provider.callsOf(List.of(root.stepId()))).isEqualTo(1);
    StepEvent end = ends(root).getFirst();
    assertThat(end.cost()).isEqualTo(root.price().amount());
    assertThat(ends(root)).allMatch(event -> event.outputs().equals(end.outputs()));
    assertThat(chained)
        .filteredOn(step -> step.batchId().equals(batch))
        .allMatch(step -> step.stepId().equals(child.stepId()))
        .allMatch(
            step -> end.outputs().getFirst().artifact().equals(step.inputs().getFirst().artifact()))
        .isNotEmpty();
    assertThat(deliveries)
        .filteredOn(file -> file.batchId().equals(batch))
        .extracting(DeliverFile::deliveryId)
        .containsOnly(root.deliveries().getFirst().deliveryId());
  }

  @Test
  void newerAdmissionOfASucceededStepIsAnsweredAtItsEpochWithoutACall() throws IOException {
    RunStep step = Steps.root(Ids.next(), source(), 1, List.of());
    send(step);
    await(step, StepState.SUCCEEDED);

    send(Steps.again(step, 4, 3));

    await().atMost(LONG).until(() -> ends(step).stream().anyMatch(event -> event.epoch() == 4));
    assertThat(provider.callsOf(List.of(step.stepId()))).isEqualTo(1);
  }

  @Test
  void retryComesBackThroughAdmissionAndCallsAgain() throws IOException {
    RunStep step = Steps.root(Ids.next(), source(), 1, List.of());
    provider.script.add(new Retry("busy"));
    send(step);
    await(step, StepState.RETRY_WAIT);

    send(Steps.again(step, 2, 1));

    await(step, StepState.SUCCEEDED);
    assertThat(provider.callsOf(List.of(step.stepId()))).isEqualTo(2);
  }

  @Test
  void unknownIsNotCalledAgainUntilAPersonHasDecided() throws IOException {
    RunStep step = Steps.root(Ids.next(), source(), 1, List.of());
    provider.script.add(new Ambiguous("The connection broke after the request was sent."));
    send(step);
    await(step, StepState.UNKNOWN);

    send(Steps.again(step, 2, 0));
    await().atMost(LONG).until(() -> states(step).contains(StepState.UNKNOWN) && at(step, 2));
    assertThat(provider.callsOf(List.of(step.stepId()))).isEqualTo(1);

    send(Steps.again(step, 3, 2));
    await(step, StepState.SUCCEEDED);
    assertThat(provider.callsOf(List.of(step.stepId()))).isEqualTo(2);
  }

  @Test
  void callWhoseWorkersWereLostThreeTimesIsUnknownAndNeverCalledWithoutADecision()
      throws IOException {
    RunStep step = Steps.root(Ids.next(), source(), 1, List.of());
    takenOverTwice(step);
    send(step);
    await(step, StepState.UNKNOWN);
    assertThat(stepEvents(step))
        .anyMatch(event -> String.valueOf(event.error()).contains("was lost 3 times"));

    send(Steps.again(step, 2, 0));
    await().atMost(LONG).until(() -> states(step).contains(StepState.UNKNOWN) && at(step, 2));
    assertThat(provider.callsOf(List.of(step.stepId()))).isZero();
    assertThat(stepEvents(step)).extracting(StepEvent::state).doesNotContain(StepState.FAILED);
  }

  @Test
  void cancelStopsWhatHasNotBegunAndKeepsWhatHas() throws IOException {
    UUID batch = Ids.next();
    provider.gate = new CountDownLatch(1);
    List<RunStep> steps = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      steps.add(Steps.root(batch, source(), 1, List.of()));
    }
    steps.forEach(this::send);
    List<UUID> ids = steps.stream().map(RunStep::stepId).toList();
    await().atMost(LONG).until(() -> provider.callsOf(ids) == 3);

    kafka
        .send(
            ContractRecords.write(
                Topics.BATCH_CONTROL,
                batch.toString(),
                new BatchControl(1, batch, 1, Hold.CANCELLED, Instant.now())))
        .join();
    await().atMost(LONG).until(() -> confirmation(batch) != null);
    provider.gate.countDown();

    await().atMost(LONG).until(() -> steps.stream().noneMatch(step -> ends(step).isEmpty()));
    assertThat(provider.callsOf(ids)).isEqualTo(3);
    assertThat(confirmation(batch).begun()).hasSize(3).isSubsetOf(ids);
    assertThat(steps.stream().map(step -> ends(step).getLast().stopped()))
        .containsOnly(StopOutcome.STOPPED_FREE, StopOutcome.FINISHED_KEPT);
    assertThat(steps.stream().filter(step -> states(step).contains(StepState.SUCCEEDED)))
        .hasSize(3);
  }

  @Test
  void pausedBatchGivesRecordsBackAtTheNextEpoch() throws IOException {
    UUID batch = Ids.next();
    kafka
        .send(
            ContractRecords.write(
                Topics.BATCH_CONTROL,
                batch.toString(),
                new BatchControl(1, batch, 1, Hold.PAUSED, Instant.now())))
        .join();
    await().atMost(LONG).until(() -> confirmation(batch) != null);
    RunStep step = Steps.root(batch, source(), 1, List.of());

    send(step);

    await()
        .atMost(LONG)
        .until(() -> {
          poll();
          return stepEvents(step).stream()
              .anyMatch(event -> event.state() == StepState.READY && event.epoch() == 2);
        });
    assertThat(provider.callsOf(List.of(step.stepId()))).isZero();
  }

  @Test
  void stepWhoseInputIsGoneFailsWithoutACall() {
    ArtifactRef gone = new ArtifactRef("0".repeat(64), "image/png", 3, 1, 1, null, "0".repeat(64));
    RunStep step = Steps.root(Ids.next(), gone, 1, List.of());

    send(step);

    await(step, StepState.FAILED);
    assertThat(provider.callsOf(List.of(step.stepId()))).isZero();
  }

  private ArtifactRef source() throws IOException {
    return store.put("source".getBytes(StandardCharsets.UTF_8), "application/octet-stream");
  }

  private void send(RunStep step) {
    kafka.send(ContractRecords.write(step.kind().topic(), step.stepId().toString(), step)).join();
  }

  private void takenOverTwice(RunStep step) {
    jdbc.update(
        """
        insert into claims (step_id, batch_id, kind, epoch, token, state, owner, lease_until,
            takeovers, begun_token, call_epoch, call_started_at, call_deadline)
        select ?, ?, ?, 1, t, 'CALLING', 'lost', now() - interval '1 minute', 2, t, 1,
            now() - interval '5 minutes', now() - interval '4 minutes'
        from nextval('claim_tokens') t
        """,
        step.stepId(),
        step.batchId(),
        step.kind().wireName());
  }

  private void await(RunStep step, StepState state) {
    Awaitility.await().atMost(LONG).until(() -> states(step).contains(state));
  }

  private static ConditionFactory await() {
    return Awaitility.await();
  }

  private List<StepState> states(RunStep step) {
    poll();
    return stepEvents(step).stream().map(StepEvent::state).toList();
  }

  private boolean at(RunStep step, int epoch) {
    return stepEvents(step).stream().anyMatch(event -> event.epoch() == epoch);
  }

  private List<StepEvent> ends(RunStep step) {
    poll();
    return stepEvents(step).stream().filter(event -> event.state().isTerminal()).toList();
  }

  private List<StepEvent> stepEvents(RunStep step) {
    return events.stream()
        .filter(StepEvent.class::isInstance)
        .map(StepEvent.class::cast)
        .filter(event -> event.stepId().equals(step.stepId()))
        .toList();
  }

  private ControlConfirmed confirmation(UUID batch) {
    poll();
    return events.stream()
        .filter(ControlConfirmed.class::isInstance)
        .map(ControlConfirmed.class::cast)
        .filter(event -> event.batchId().equals(batch))
        .findFirst()
        .orElse(null);
  }

  private void poll() {
    for (ConsumerRecord<String, byte[]> message : reader.poll(Duration.ofMillis(100))) {
      switch (message.topic()) {
        case Topics.STEP_EVENTS -> events.add(ContractRecords.read(message, StatusEvent.class));
        case Topics.DELIVERIES -> deliveries.add(ContractRecords.read(message, DeliverFile.class));
        default -> chained.add(ContractRecords.read(message, RunStep.class));
      }
    }
  }
}
