package io.kombine.upload.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.DeliverFile;
import io.kombine.contracts.DeliveryEvent;
import io.kombine.contracts.DeliveryState;
import io.kombine.contracts.Ids;
import io.kombine.testing.KombineInfrastructure;
import io.kombine.upload.DriveUploaderApplication;
import io.kombine.upload.drive.Drive;
import io.kombine.worker.artifact.ArtifactStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@KombineInfrastructure
@SpringBootTest(classes = {DriveUploaderApplication.class, FlakyDriveConfiguration.class})
@DirtiesContext // why: its consumer shares the group with that of the next test class
class DeliveryServiceIT {

  @TempDir static Path data;

  @Autowired DeliveryService service;
  @Autowired Drive drive;
  @Autowired ArtifactStore artifacts;
  @Autowired JdbcClient jdbc;
  private Deliveries batch;

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry registry) {
    registry.add("kombine.artifacts.directory", () -> data.resolve("artifacts"));
    registry.add("kombine.drive.local.directory", () -> data.resolve("drive"));
  }

  @BeforeEach
  void aBatch() {
    batch = new Deliveries(artifacts);
  }

  @Test
  void fileIsDeliveredAndAnsweredWithUrls() {
    DeliverFile file = batch.file("bytes", "001_astronaut", "i2i", "01.jpg");

    DeliveryEvent event = Deliveries.answer(service.deliver(file));

    assertThat(event.state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(event.deliveryId()).isEqualTo(file.deliveryId());
    assertThat(event.epoch()).isEqualTo(1);
    assertThat(Path.of(URI.create(event.url())))
        .isEqualTo(inTree("001_astronaut/i2i/01.jpg"))
        .hasContent("bytes");
    assertThat(Path.of(URI.create(event.folderUrl()))).isEqualTo(inTree(""));
  }

  @Test
  void duplicatesAreAnsweredWithoutAnotherUpload() {
    DeliverFile file = batch.file("bytes", "1.jpg");
    DeliveryEvent first = Deliveries.answer(service.deliver(file));
    int uploads = flaky().uploads.get();

    DeliveryEvent second = Deliveries.answer(service.deliver(file));

    assertThat(second)
        .usingRecursiveComparison()
        .ignoringFields("eventId", "time")
        .isEqualTo(first);
    assertThat(flaky().uploads).hasValue(uploads);
  }

  @ParameterizedTest
  @EnumSource(value = FlakyDrive.Moment.class, mode = EnumSource.Mode.EXCLUDE, names = "NEVER")
  void crashAroundAnyCallOfTheDriveRepeatsHarmlessly(FlakyDrive.Moment moment) {
    DeliverFile file = batch.file("bytes", "001", "1.jpg");
    flaky().crashOnce.set(moment);

    assertThatThrownBy(() -> service.deliver(file)).isInstanceOf(FlakyDrive.Crash.class);
    assertThat(rows()).as("recorded before anything is created").isEqualTo(1);
    DeliveryEvent event = Deliveries.answer(service.deliver(file));

    assertThat(event.state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(tree()).containsExactlyInAnyOrder("001", "001/1.jpg");
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void awayDriveIsWaitedForAndLeavesTheRowPending() {
    DeliverFile file = batch.file("bytes", "1.jpg");
    flaky().away = true;
    try {
      assertThat(service.deliver(file)).isInstanceOf(DeliveryAnswer.Waiting.class);
    } finally {
      flaky().away = false;
    }
    assertThat(state(file)).isEqualTo("PENDING");
    assertThat(Deliveries.answer(service.deliver(file)).state()).isEqualTo(DeliveryState.DELIVERED);
  }

  @Test
  void unsafePathFailsAsInput() {
    DeliveryEvent event = Deliveries.answer(service.deliver(batch.file("bytes", "..", "1.jpg")));

    assertThat(event.state()).isEqualTo(DeliveryState.FAILED);
    assertThat(event.error().code()).isEqualTo("input");
    assertThat(rows()).isZero();
  }

  @Test
  void pathBelongsToTheDeliveryThatAskedFirst() {
    DeliverFile first = batch.file("first", "1.jpg");
    service.deliver(first);

    DeliveryEvent second = Deliveries.answer(service.deliver(batch.file("second", "1.jpg")));

    assertThat(second.state()).isEqualTo(DeliveryState.FAILED);
    assertThat(second.error().code()).isEqualTo("input");
    assertThat(inTree("1.jpg")).hasContent("first");
    assertThat(Deliveries.answer(service.deliver(first)).state())
        .isEqualTo(DeliveryState.DELIVERED);
  }

  @Test
  void folderBelongsToTheBatchThatAskedFirst() {
    service.deliver(batch.file("first", "1.jpg"));
    DeliverFile other = new Deliveries(artifacts).file("other", "2.jpg");
    DeliverFile intruding =
        new DeliverFile(
            1,
            other.deliveryId(),
            other.batchId(),
            null,
            0,
            1,
            batch.folder,
            other.path(),
            other.artifact(),
            false);

    assertThat(Deliveries.answer(service.deliver(intruding)).state())
        .isEqualTo(DeliveryState.FAILED);
    assertThat(tree()).containsExactly("1.jpg");
  }

  @Test
  void deliveredStaysDeliveredInALaterEpochAndOlderRecordsAreAnsweredFromIt() {
    DeliverFile first = batch.file("bytes", "1.jpg");
    service.deliver(first);
    DeliverFile later = batch.file(first.deliveryId(), 2, "bytes", "1.jpg");
    int uploads = flaky().uploads.get();

    assertThat(Deliveries.answer(service.deliver(later)))
        .extracting(DeliveryEvent::state, DeliveryEvent::epoch)
        .containsExactly(DeliveryState.DELIVERED, 2);
    assertThat(Deliveries.answer(service.deliver(first)))
        .extracting(DeliveryEvent::state, DeliveryEvent::epoch)
        .containsExactly(DeliveryState.DELIVERED, 2);
    assertThat(flaky().uploads).hasValue(uploads);
  }

  @Test
  void failedDeliverySucceedsInALaterEpochOnly() throws Exception {
    UUID deliveryId = Ids.next();
    ArtifactRef missing = new ArtifactRef("0".repeat(64), "image/jpeg", 5, null, null, null, null);
    DeliverFile first = batch.of(deliveryId, 1, missing, "1.jpg");

    DeliveryEvent failed = Deliveries.answer(service.deliver(first));
    assertThat(failed.state()).isEqualTo(DeliveryState.FAILED);
    assertThat(failed.error().message()).contains("gone");
    assertThat(Deliveries.answer(service.deliver(first)).error()).isEqualTo(failed.error());

    DeliverFile second = batch.file(deliveryId, 2, "bytes", "1.jpg");
    assertThat(Deliveries.answer(service.deliver(second)).state())
        .isEqualTo(DeliveryState.DELIVERED);
    assertThat(inTree("1.jpg")).hasContent("bytes");
  }

  @Test
  void laterManifestReplacesTheEarlierOne() {
    DeliverFile first = batch.file("{\"files\":1}", "manifest.json");
    service.deliver(first);

    DeliveryEvent second =
        Deliveries.answer(
            service.deliver(batch.file(first.deliveryId(), 2, "{\"files\":2}", "manifest.json")));

    assertThat(second)
        .extracting(DeliveryEvent::state, DeliveryEvent::epoch, DeliveryEvent::manifest)
        .containsExactly(DeliveryState.DELIVERED, 2, true);
    assertThat(inTree("manifest.json")).hasContent("{\"files\":2}");
  }

  @Test
  void laterManifestReplacesOneThatWasPutThereBeforeACrash() {
    DeliverFile first = batch.file("{\"files\":1}", "manifest.json");
    flaky().crashOnce.set(FlakyDrive.Moment.AFTER_UPLOAD);
    assertThatThrownBy(() -> service.deliver(first)).isInstanceOf(FlakyDrive.Crash.class);

    service.deliver(batch.file(first.deliveryId(), 2, "{\"files\":2}", "manifest.json"));

    assertThat(inTree("manifest.json")).hasContent("{\"files\":2}");
  }

  @Test
  void damagedArtifactFailsAndNothingIsSeenOfIt() throws Exception {
    DeliverFile file = batch.file("bytes", "1.jpg");
    try (Stream<Path> stored = Files.walk(data.resolve("artifacts"))) {
      Path artifact =
          stored
              .filter(path -> path.getFileName().toString().contains(file.artifact().sha256()))
              .filter(Files::isRegularFile)
              .findFirst()
              .orElseThrow();
      Files.writeString(artifact, "BYTES");
      try {
        DeliveryEvent event = Deliveries.answer(service.deliver(file));
        assertThat(event.state()).isEqualTo(DeliveryState.FAILED);
        assertThat(event.error().message()).contains("damaged");
        assertThat(inTree("1.jpg")).doesNotExist();
      } finally {
        Files.writeString(artifact, "bytes");
      }
    }
  }

  @Test
  void manyAtOnceOfOneBatchAgree() throws Exception {
    List<DeliverFile> files =
        IntStream.range(0, 40)
            .mapToObj(n -> batch.file("bytes " + n, "%03d".formatted(n % 4), "i2i", n + ".jpg"))
            .toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<DeliveryAnswer>> answers =
          Stream.of(files, files, files)
              .flatMap(List::stream)
              .map(file -> threads.submit(() -> service.deliver(file)))
              .toList();
      for (Future<DeliveryAnswer> answer : answers) {
        assertThat(Deliveries.answer(answer.get()).state()).isEqualTo(DeliveryState.DELIVERED);
      }
    }
    assertThat(tree()).hasSize(40 + 4 + 4);
    assertThat(rows()).isEqualTo(40);
  }

  private FlakyDrive flaky() {
    return (FlakyDrive) drive;
  }

  private Path inTree(String path) {
    return data.resolve("drive").resolve(batch.folder).resolve(path).normalize();
  }

  private List<String> tree() {
    Path root = inTree("");
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> !path.equals(root))
          .map(path -> root.relativize(path).toString())
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private int rows() {
    return jdbc.sql("select count(*) from drive_uploader.files where batch_id = ?")
        .param(batch.batchId)
        .query(Integer.class)
        .single();
  }

  private String state(DeliverFile file) {
    return jdbc.sql("select state from drive_uploader.files where delivery_id = ?")
        .param(file.deliveryId())
        .query(String.class)
        .single();
  }
}
