package io.kombine.upload.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kombine.contracts.ContractJson;
import io.kombine.contracts.DeliverFile;
import io.kombine.contracts.DeliveryEvent;
import io.kombine.contracts.DeliveryState;
import io.kombine.contracts.Ids;
import io.kombine.contracts.StatusEvent;
import io.kombine.contracts.Topics;
import io.kombine.testing.KombineInfrastructure;
import io.kombine.testing.TestDatabase;
import io.kombine.testing.TestInfrastructure;
import io.kombine.upload.DriveUploaderApplication;
import io.kombine.upload.drive.Drive;
import io.kombine.worker.artifact.ArtifactStore;
import io.kombine.worker.consume.ContractRecords;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@KombineInfrastructure
@SpringBootTest(classes = {DriveUploaderApplication.class, FlakyDriveConfiguration.class})
@DirtiesContext // why: its consumer shares the group with that of the next test class
class DeliveriesIT {

  private static final Duration LONG = Duration.ofSeconds(60);

  /** 4 partitions with 2 permits each. */
  private static final int CAP = 8;

  @TempDir static Path data;

  @Autowired Drive drive;
  @Autowired ArtifactStore artifacts;
  @Autowired KafkaTemplate<String, byte[]> kafka;
  @Autowired PrometheusMeterRegistry meters;
  @Autowired JdbcClient jdbc;
  private EventLog events;

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry registry) {
    registry.add("kombine.artifacts.directory", () -> data.resolve("artifacts"));
    registry.add("kombine.drive.local.directory", () -> data.resolve("drive"));
  }

  @BeforeEach
  void listen() {
    events = new EventLog(Topics.STEP_EVENTS);
  }

  @AfterEach
  void close() {
    ((FlakyDrive) drive).away = false;
    events.close();
  }

  @Test
  void duplicatesAreDeliveredOnceAndEachIsAnswered() {
    Deliveries batch = new Deliveries(artifacts);
    List<DeliverFile> files = files(batch, 20);

    for (int i = 0; i < 3; i++) {
      files.forEach(this::send);
    }

    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(answers(batch.batchId)).hasSizeGreaterThanOrEqualTo(60));
    assertThat(answers(batch.batchId)).allMatch(event -> event.state() == DeliveryState.DELIVERED);
    assertThat(files(batch)).hasSize(20);
  }

  @Test
  void driveThatWasAwayGetsEverythingOnceItIsBack() {
    Deliveries batch = new Deliveries(artifacts);
    List<DeliverFile> files = files(batch, 20);
    ((FlakyDrive) drive).away = true;

    files.forEach(this::send);
    // why all: those that wait hold no permit
    await().atMost(LONG).until(() -> pending(batch.batchId) == 20);
    assertThat(answers(batch.batchId)).isEmpty();
    ((FlakyDrive) drive).away = false;

    awaitDelivered(files);
    assertThat(files(batch)).hasSize(20);
  }

  @Test
  void crashBetweenRecordingAndCreatingIsRepeated() {
    Deliveries batch = new Deliveries(artifacts);
    ((FlakyDrive) drive).crashOnce.set(FlakyDrive.Moment.BEFORE_FOLDER);
    List<DeliverFile> files = files(batch, 3);

    files.forEach(this::send);

    awaitDelivered(files);
    assertThat(files(batch)).hasSize(3);
  }

  @Test
  void twoUploadersShareTheWorkAndOneTakesOverWhenTheOtherLeaves(TestDatabase database) {
    List<Deliveries> batches =
        IntStream.range(0, 12).mapToObj(n -> new Deliveries(artifacts)).toList();
    List<DeliverFile> before = batches.stream().flatMap(b -> files(b, 10).stream()).toList();
    List<DeliverFile> after = batches.stream().map(b -> b.file("late", "late", "1.jpg")).toList();

    try (ConfigurableApplicationContext second = secondUploader(database)) {
      await().atMost(LONG).until(() -> permits(second) == 2 * 2);
      before.forEach(this::send);
      awaitDelivered(before);
      assertThat(answers(batches).map(DeliveryEvent::worker).distinct()).hasSize(2);
      assertThat(FlakyDrive.MOST_UPLOADING.get()).isBetween(2, CAP);
      after.forEach(this::send);
    }

    awaitDelivered(after);
    assertThat(batches).allSatisfy(batch -> assertThat(files(batch)).hasSize(11));
    // why more: what the leaving uploader had begun ends beside what its successor begins
    assertThat(FlakyDrive.MOST_UPLOADING.get()).isLessThanOrEqualTo(CAP + CAP / 2);
  }

  @Test
  void unreadableRecordGoesToTheDeadLettersAndIsAnsweredWhereItsIdsCanBeRead() {
    UUID batchId = Ids.next();
    UUID deliveryId = Ids.next();
    String broken =
        "{\"batchId\":\"%s\",\"deliveryId\":\"%s\",\"epoch\":3,\"path\":[]}"
            .formatted(batchId, deliveryId);

    kafka.send(Topics.DELIVERIES, batchId.toString(), broken.getBytes(UTF_8));
    kafka.send(Topics.DELIVERIES, batchId.toString(), "no JSON".getBytes(UTF_8));
    kafka.send(new ProducerRecord<>(Topics.DELIVERIES, batchId.toString(), null));

    try (EventLog letters = new EventLog(Topics.deadLetter(Topics.DELIVERIES))) {
      await()
          .atMost(LONG)
          .untilAsserted(() ->
              assertThat(letters.read())
                  .filteredOn(letter -> batchId.toString().equals(letter.key()))
                  .hasSize(3)
                  .allMatch(letter -> letter.headers().toArray().length >= 1));
    }
    await()
        .atMost(LONG)
        .untilAsserted(() ->
            assertThat(answers(batchId))
                .singleElement()
                .satisfies(event -> {
                  assertThat(event.deliveryId()).isEqualTo(deliveryId);
                  assertThat(event.epoch()).isEqualTo(3);
                  assertThat(event.state()).isEqualTo(DeliveryState.FAILED);
                  assertThat(event.error().code()).isEqualTo("dead_letter");
                }));
  }

  @Test
  void operatorsSeeUploadsAgainstTheirCap() {
    DeliverFile file = new Deliveries(artifacts).file("bytes", "1.jpg");
    send(file);
    awaitDelivered(List.of(file));

    assertThat(meters.scrape())
        .contains(
            "kombine_inflight{application=\"drive-uploader\",stage=\"uploads\"}",
            "kombine_cap{application=\"drive-uploader\",stage=\"uploads\"} 8.0",
            "kombine_deliveries_total{application=\"drive-uploader\",state=\"DELIVERED\"}",
            "kombine_deliveries_total{application=\"drive-uploader\",state=\"FAILED\"}",
            "kombine_queue_age_seconds{application=\"drive-uploader\",stage=\"uploads\"}");
  }

  private ConfigurableApplicationContext secondUploader(TestDatabase database) {
    Map<String, Object> properties = new HashMap<>(TestInfrastructure.properties(database));
    properties.put("kombine.artifacts.directory", data.resolve("artifacts"));
    properties.put("kombine.drive.local.directory", data.resolve("drive"));
    properties.put("server.port", 0);
    return new SpringApplicationBuilder(
            DriveUploaderApplication.class, FlakyDriveConfiguration.class)
        .run(
            properties.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new));
  }

  private static double permits(ConfigurableApplicationContext uploader) {
    Gauge permits =
        uploader.getBean(MeterRegistry.class).find("kombine.permits").tag("state", "total").gauge();
    return permits == null ? 0 : permits.value();
  }

  private static List<DeliverFile> files(Deliveries batch, int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> batch.file("bytes " + n, "%03d".formatted(n % 3), n + ".jpg"))
        .toList();
  }

  private void send(DeliverFile file) {
    kafka.send(ContractRecords.write(Topics.DELIVERIES, file.batchId().toString(), file));
  }

  private void awaitDelivered(Collection<DeliverFile> files) {
    await()
        .atMost(LONG)
        .untilAsserted(() ->
            assertThat(
                    answers()
                        .filter(event -> event.state() == DeliveryState.DELIVERED)
                        .map(DeliveryEvent::deliveryId)
                        .collect(Collectors.toSet()))
                .containsAll(files.stream().map(DeliverFile::deliveryId).toList()));
  }

  private List<DeliveryEvent> answers(UUID batchId) {
    return answers().filter(event -> event.batchId().equals(batchId)).toList();
  }

  private Stream<DeliveryEvent> answers(List<Deliveries> batches) {
    return batches.stream().flatMap(batch -> answers(batch.batchId).stream());
  }

  private Stream<DeliveryEvent> answers() {
    return events.read().stream().map(DeliveriesIT::event);
  }

  private static DeliveryEvent event(ConsumerRecord<String, byte[]> message) {
    DeliveryEvent event =
        (DeliveryEvent) ContractJson.mapper().readValue(message.value(), StatusEvent.class);
    assertThat(message.key()).isEqualTo(event.batchId().toString());
    return event;
  }

  private int pending(UUID batchId) {
    return jdbc.sql(
            "select count(*) from drive_uploader.files where batch_id = ? and state = 'PENDING'")
        .param(batchId)
        .query(Integer.class)
        .single();
  }

  private static List<Path> files(Deliveries batch) {
    try (Stream<Path> all = Files.walk(data.resolve("drive").resolve(batch.folder))) {
      return all.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
