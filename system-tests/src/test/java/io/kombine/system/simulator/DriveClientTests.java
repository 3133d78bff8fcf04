package io.kombine.system.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.googleapis.media.MediaHttpUploader;
import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.drive.Drive;
import com.google.api.services.drive.model.File;
import com.google.api.services.drive.model.FileList;
import io.kombine.system.simulator.call.Fingerprint;
import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.drive.DriveApi;
import io.kombine.system.simulator.drive.DriveEntry;
import io.kombine.system.simulator.fault.FaultKind;
import io.kombine.system.simulator.fault.FaultRule;
import io.kombine.system.simulator.limit.LimitSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Google's own Drive client, with its retries off, understands the simulator. */
class DriveClientTests {

  private final MovableClock clock = new MovableClock();
  private Simulator simulator;
  private Drive drive;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(SimulatorSettings.defaults().by(clock));
    HttpRequestInitializer initializer =
        request -> {
          request.getHeaders().setAuthorization("Bearer drive-token");
          request.setNumberOfRetries(0);
        };
    drive =
        new Drive.Builder(new NetHttpTransport(), GsonFactory.getDefaultInstance(), initializer)
            .setRootUrl(simulator.baseUrl() + "/")
            .setApplicationName("tests")
            .build();
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private static byte[] content(int length) {
    byte[] content = new byte[length];
    new Random(1).nextBytes(content);
    return content;
  }

  private File folder(String name, String parent, String batch) throws IOException {
    File folder =
        new File()
            .setId(id())
            .setName(name)
            .setMimeType("application/vnd.google-apps.folder")
            .setParents(List.of(parent))
            .setAppProperties(Map.of("batchId", batch));
    return drive
        .files()
        .create(folder)
        .setSupportsAllDrives(true)
        .setFields("id,name,webViewLink")
        .execute();
  }

  private String id() throws IOException {
    return drive.files().generateIds().setCount(1).setSpace("drive").execute().getIds().getFirst();
  }

  private Drive.Files.Create upload(String id, String parent, byte[] content) throws IOException {
    Drive.Files.Create create =
        drive
            .files()
            .create(
                new File().setId(id).setName("slide_0.jpg").setParents(List.of(parent)),
                new ByteArrayContent("image/jpeg", content))
            .setSupportsAllDrives(true)
            .setFields("id,size,sha256Checksum");
    create.getMediaHttpUploader().setChunkSize(MediaHttpUploader.MINIMUM_CHUNK_SIZE);
    return create;
  }

  @Test
  void treeIsBuiltByResumableUploads() throws IOException {
    File top = folder("Batch", DriveApi.sharedDriveId(), "b1");
    assertThat(top.getWebViewLink()).contains(top.getId());
    byte[] content = content(700_000);
    File file = upload(id(), top.getId(), content).execute();
    assertThat(file.getSize()).isEqualTo(700_000);
    String hash = new Fingerprint().add(content).hex();
    assertThat(file.getSha256Checksum()).isEqualTo(hash);
    assertThat(simulator.driveTree())
        .filteredOn(entry -> entry.path().endsWith("/Batch/slide_0.jpg"))
        .extracting(DriveEntry::sha256)
        .containsExactly(hash);
    assertThat(
            new Caller(simulator).get("/control/drive/tree", "none").json().at("/1/size").asLong())
        .isEqualTo(700_000);
  }

  @Test
  void smallFilesGoInOneRequest() throws IOException {
    Drive.Files.Create create = upload(id(), "root", content(1000));
    create.getMediaHttpUploader().setDirectUploadEnabled(true);
    assertThat(create.execute().getSize()).isEqualTo(1000);
  }

  @Test
  void partlyKeptChunkIsSentAgainFromWhereItEnds() throws IOException {
    simulator.faults().put(FaultRule.of(Vendor.DRIVE, FaultKind.PARTIAL_CHUNK).nth(1));
    byte[] content = content(1_300_000);
    Drive.Files.Create create = upload(id(), "root", content);
    create.getMediaHttpUploader().setChunkSize(1024 * 1024);
    assertThat(create.execute().getSha256Checksum())
        .isEqualTo(new Fingerprint().add(content).hex());
  }

  @Test
  void repeatedIdIsAConflictAndNoDuplicate() throws IOException {
    String id = id();
    upload(id, "root", content(1000)).execute();
    assertThatThrownBy(() -> upload(id, "root", content(1000)).execute())
        .isInstanceOfSatisfying(
            GoogleJsonResponseException.class, e -> assertThat(e.getStatusCode()).isEqualTo(409));
    assertThat(simulator.driveTree()).hasSize(1);
  }

  @Test
  void listFindsByParentAndPropertyInPages() throws IOException {
    String parent = folder("It's", DriveApi.sharedDriveId(), "b1").getId();
    for (int i = 0; i < 5; i++) {
      folder("f" + i, parent, i < 3 ? "b1" : "b2");
    }
    Drive.Files.List list =
        drive
            .files()
            .list()
            .setQ(
                "'"
                    + parent
                    + "' in parents and trashed=false and appProperties has { key='batchId' and"
                    + " value='b1' }")
            .setPageSize(2)
            .setFields("nextPageToken,files(id,name,appProperties)")
            .setCorpora("drive")
            .setDriveId(DriveApi.sharedDriveId())
            .setSupportsAllDrives(true)
            .setIncludeItemsFromAllDrives(true);
    FileList first = list.execute();
    assertThat(first.getFiles()).hasSize(2);
    assertThat(first.getFiles().getFirst().getAppProperties()).containsEntry("batchId", "b1");
    FileList second = list.setPageToken(first.getNextPageToken()).execute();
    assertThat(second.getFiles()).hasSize(1);
    assertThat(second.getNextPageToken()).isNull();
    list.setPageToken(null).setQ("name = 'It\\'s'");
    assertThat(list.execute().getFiles()).hasSize(1);
  }

  @Test
  void sharedDriveIsUnseenByCallsThatDoNotSupportIt() throws IOException {
    String id = folder("Batch", DriveApi.sharedDriveId(), "b1").getId();
    assertThat(reason(() -> drive.files().get(id).execute())).isEqualTo("notFound");
    assertThat(drive.files().get(id).setSupportsAllDrives(true).execute().getName())
        .isEqualTo("Batch");
  }

  @Test
  void quotaUnitsAreCountedStrictly() throws IOException {
    simulator.limits().set(Vendor.DRIVE, new LimitSettings(60, 60_000, 10, true));
    folder("a", "root", "b");
    assertThat(reason(() -> folder("b", "root", "b"))).isEqualTo("userRateLimitExceeded");
    clock.forward(Duration.ofMinutes(1));
    folder("c", "root", "b");
    assertThat(simulator.driveTree()).hasSize(2);
  }

  @Test
  void quotaErrorsAndOutagesHaveTheirReasons() throws IOException {
    String id = id();
    simulator
        .faults()
        .put(
            FaultRule.of(Vendor.DRIVE, FaultKind.QUOTA)
                .on("start_upload")
                .reason("dailyLimitExceeded")
                .times(1));
    assertThat(reason(() -> upload(id, "root", content(10)).execute()))
        .isEqualTo("dailyLimitExceeded");
    simulator
        .faults()
        .put(FaultRule.of(Vendor.DRIVE, FaultKind.SERVER_ERROR).status(503).forMillis(600_000));
    assertThat(reason(() -> upload(id, "root", content(10)).execute())).isEqualTo("backendError");
    clock.forward(Duration.ofMinutes(10));
    assertThat(upload(id, "root", content(10)).execute().getId()).isEqualTo(id);
  }

  private interface Call {
    Object run() throws IOException;
  }

  private static String reason(Call call) throws IOException {
    try {
      call.run();
    } catch (GoogleJsonResponseException e) {
      return e.getDetails().getErrors().getFirst().getReason();
    }
    throw new AssertionError("the call should have failed");
  }
}
