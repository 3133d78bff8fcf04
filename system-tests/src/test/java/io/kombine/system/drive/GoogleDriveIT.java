package io.kombine.system.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kombine.local.process.StackProcess;
import io.kombine.system.PipelineOrder;
import io.kombine.system.SystemSetup;
import io.kombine.system.SystemTest;
import io.kombine.system.adapter.ServiceAccount;
import io.kombine.system.simulator.Simulator;
import io.kombine.system.simulator.SimulatorSettings;
import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.drive.DriveApi;
import io.kombine.system.simulator.drive.DriveEntry;
import io.kombine.system.simulator.fault.FaultKind;
import io.kombine.system.simulator.fault.FaultRule;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.JsonNode;

/** The simulator's Google Drive, of which every upload above 64 KB is a resumable one. */
class GoogleDriveIT extends SystemTest {

  /** How long Drive is away; the acceptance figure is made with 10m. */
  private static final Duration OUTAGE =
      DurationStyle.detectAndParse(System.getProperty("kombine.test.outage", "30s"));

  @TempDir static Path credentials;
  private static Simulator simulator;

  @BeforeAll
  static void startSimulator() throws IOException {
    simulator = Simulator.start(SimulatorSettings.defaults());
    ServiceAccount.write(credentials.resolve("account.json"), simulator.baseUrl());
  }

  @AfterAll
  static void stopSimulator() {
    simulator.close();
  }

  @BeforeEach
  void forgetFaults() {
    simulator.faults().clear();
  }

  @Override
  protected SystemSetup setup() {
    String google = "kombine.drive.google.";
    return SystemSetup.plain()
        .with("drive-uploader", "kombine.drive.kind", "google")
        .with("drive-uploader", google + "root-folder-id", DriveApi.sharedDriveId())
        .with(
            "drive-uploader",
            google + "credentials-file",
            credentials.resolve("account.json").toString())
        .with("drive-uploader", google + "base-url", simulator.baseUrl().toString())
        .with("drive-uploader", google + "request-timeout", "5s")
        .with("drive-uploader", google + "resumable-from", "64KB")
        .with("drive-uploader", google + "chunk-size", "256KB")
        .with("drive-uploader", "spring.kafka.consumer.properties.[session.timeout.ms]", "6000");
  }

  @Test
  void treeAtGoogleDriveIsTheManifests() throws Exception {
    UUID batch =
        submit(
            PipelineOrder.local(
                "It's [delivered]", sources(2), List.of("oil", "at night"), List.of("zoom in")));

    JsonNode status = awaitEnd(batch);

    assertComplete(batch, status, 8);
    assertThat(status.path("delivery").path("folder_url").asString())
        .startsWith("https://drive.google.com/drive/folders/");
    assertThat(log("drive-uploader"))
        .doesNotContain(ServiceAccount.TOKEN_PREFIX)
        .doesNotContain("upload_id=")
        .doesNotContain("PRIVATE KEY");
  }

  @Test
  void driveThatIsDownInMidBatchFailsNothing() throws Exception {
    UUID batch =
        submit(
            PipelineOrder.local(
                "Through an outage",
                sources(3),
                List.of("sketch", "in oil"),
                List.of("zoom in", "pan left")));
    await("the first files at Drive")
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .until(() -> files(batch).size() >= 3);

    Instant down = Instant.now();
    simulator
        .faults()
        .put(
            FaultRule.of(Vendor.DRIVE, FaultKind.DROP_BEFORE)
                .on("upload")
                .forMillis(OUTAGE.toMillis()));
    long away =
        simulator
            .faults()
            .put(
                FaultRule.of(Vendor.DRIVE, FaultKind.SERVER_ERROR)
                    .status(503)
                    .forMillis(OUTAGE.toMillis()));
    int before = files(batch).size();
    await("the end of the outage")
        .atMost(OUTAGE.plus(PATIENCE))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              JsonNode status = countedBatch(batch);
              assertThat(status.path("counts").path("failed").asInt()).as("%s", status).isZero();
              assertThat(status.path("status").asString()).isIn("QUEUED", "RUNNING");
              return Instant.now();
            },
            now -> now.isAfter(down.plus(OUTAGE)));
    long refused = fired(away);
    assertThat(refused).as("calls that met the outage").isPositive();

    JsonNode status = awaitEnd(batch, PATIENCE.plus(Duration.ofMinutes(1)));

    assertComplete(batch, status, 18);
    System.out.printf(
        "Drive was away for %d s: %d of 18 files were there before, %d calls met the outage, the"
            + " batch ended %d s after it, nothing failed.%n",
        OUTAGE.toSeconds(),
        before,
        refused,
        Duration.between(down.plus(OUTAGE), Instant.now()).toSeconds());
  }

  @Test
  void uploaderThatIsKilledInMidUploadLeavesNoFileTwice() throws Exception {
    int kills = 3;
    simulator
        .faults()
        .put(FaultRule.of(Vendor.DRIVE, FaultKind.LATENCY).on("upload_chunk").millis(400));
    long begun =
        simulator
            .faults()
            .put(FaultRule.of(Vendor.DRIVE, FaultKind.DELAY).on("start_upload").millis(0));
    long chunks =
        simulator
            .faults()
            .put(FaultRule.of(Vendor.DRIVE, FaultKind.DELAY).on("upload_chunk").millis(0));
    UUID batch =
        submit(
            PipelineOrder.local(
                "Killed uploader", noise(3), List.of("oil", "sketch"), List.of("zoom in")));
    StackProcess uploader = system.stack().process("drive-uploader");

    for (int kill = 0; kill < kills; kill++) {
      long seen = fired(chunks);
      await("an upload in its middle")
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> fired(chunks) >= seen + 3);
      uploader.kill();
      uploader.start();
      uploader.awaitReady();
    }
    JsonNode status = awaitEnd(batch);

    assertComplete(batch, status, 12);
    long files = files(batch).size();
    assertThat(fired(begun))
        .as("uploads begun: what was interrupted went on where it stopped")
        .isLessThanOrEqualTo(files + kills);
  }

  private static long fired(long rule) {
    return simulator.faults().list().stream()
        .filter(each -> each.id() == rule)
        .findFirst()
        .orElseThrow()
        .fired();
  }

  /** Pictures whose copies are of several chunks. */
  private List<String> noise(int count) throws Exception {
    Path folder = Files.createDirectories(scratch.resolve("noise"));
    Random random = new Random(7);
    for (int n = 0; n < count; n++) {
      BufferedImage picture = new BufferedImage(1200, 900, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < picture.getHeight(); y++) {
        for (int x = 0; x < picture.getWidth(); x++) {
          picture.setRGB(x, y, random.nextInt(1 << 24));
        }
      }
      ImageIO.write(picture, "png", folder.resolve("noise_" + n + ".png").toFile());
    }
    try (var all = Files.list(folder)) {
      return client.upload(all.sorted().toList());
    }
  }

  private void assertComplete(UUID batch, JsonNode status, int steps) throws Exception {
    assertThat(status.path("status").asString()).as("%s", status).isEqualTo("COMPLETED");
    assertThat(status.path("counts").path("succeeded").asInt()).isEqualTo(steps);
    Path zip = scratch.resolve(batch + ".zip");
    client.save("/api/batches/" + batch + "/download", zip);
    DriveTree told = DriveTree.ofManifest(zip);
    assertThat(told.files()).hasSize(steps + 1);
    assertThat(DriveTree.of(simulator.driveTree(), folderId(status))).isEqualTo(told);
  }

  private static String folderId(JsonNode status) {
    String url = status.path("delivery").path("folder_url").asString();
    return url.substring(url.lastIndexOf('/') + 1);
  }

  /** What lies at Drive of a batch by now; nothing before its folder is known. */
  private List<DriveEntry> files(UUID batch) throws Exception {
    String name = client.batch(batch).path("name").asString();
    return simulator.driveTree().stream()
        .filter(entry -> !entry.sha256().isEmpty() && entry.path().contains("/" + name))
        .toList();
  }

  private String log(String process) throws IOException {
    return Files.readString(system.stack().process(process).log());
  }
}
