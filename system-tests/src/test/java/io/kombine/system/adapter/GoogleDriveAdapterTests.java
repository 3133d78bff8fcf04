package io.kombine.system.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kombine.system.simulator.Simulator;
import io.kombine.system.simulator.SimulatorSettings;
import io.kombine.system.simulator.call.Fingerprint;
import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.drive.DriveApi;
import io.kombine.system.simulator.drive.DriveEntry;
import io.kombine.system.simulator.fault.FaultKind;
import io.kombine.system.simulator.fault.FaultRule;
import io.kombine.upload.drive.Drive;
import io.kombine.upload.drive.DriveOutcome;
import io.kombine.upload.drive.FileContent;
import io.kombine.upload.drive.NewFile;
import io.kombine.upload.drive.NewFolder;
import io.kombine.upload.drive.UploadSession;
import io.kombine.upload.drive.google.GoogleDriveConfiguration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Google Drive's adapter against the simulator: files from 1 MB go in chunks of 256 KB. */
class GoogleDriveAdapterTests {

  private static final int LARGE = 1_300_000;
  private static final int CHUNK = 256 * 1024;

  @TempDir Path scratch;
  private Simulator simulator;
  private AnnotationConfigApplicationContext uploader;
  private Drive drive;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(SimulatorSettings.defaults());
    uploader = Adapters.start(GoogleDriveConfiguration.class, properties());
    drive = uploader.getBean(Drive.class);
  }

  @AfterEach
  void stop() {
    uploader.close();
    simulator.close();
  }

  private Map<String, Object> properties() {
    Map<String, Object> properties = new HashMap<>();
    properties.put("kombine.drive.kind", "google");
    properties.put("kombine.drive.google.root-folder-id", DriveApi.sharedDriveId());
    properties.put(
        "kombine.drive.google.credentials-file",
        ServiceAccount.write(scratch.resolve("account.json"), simulator.baseUrl()).toString());
    properties.put("kombine.drive.google.base-url", simulator.baseUrl().toString());
    properties.put("kombine.drive.google.request-timeout", "2s");
    properties.put("kombine.drive.google.resumable-from", "1MB");
    properties.put("kombine.drive.google.chunk-size", "256KB");
    return properties;
  }

  @Test
  void filesOfAnySizeLieInTheirFoldersWithTheBytesAskedFor() {
    String top = folder(null, "Autumn 'sale' \\ [1] \"ü\"");
    String inner = folder(top, "001");
    byte[] small = bytes(1000);
    byte[] large = bytes(LARGE);

    String link = done(drive.upload(file(id(), inner, "1.jpg", small), content(small), memory()));
    done(drive.upload(file(id(), inner, "1.mp4", large), content(large), memory()));

    assertThat(link).startsWith("https://drive.google.com/file/d/");
    String path = "/" + DriveApi.sharedDriveId() + "/Autumn 'sale' \\ [1] \"ü\"/001/";
    assertThat(simulator.driveTree())
        .filteredOn(entry -> !entry.sha256().isEmpty())
        .extracting(DriveEntry::path, DriveEntry::size, DriveEntry::sha256)
        .containsExactlyInAnyOrder(
            tuple(path + "1.jpg", 1000L, sha256(small)),
            tuple(path + "1.mp4", (long) LARGE, sha256(large)));
  }

  @Test
  void whatExistsAlreadyIsSuccess() {
    NewFolder folder = new NewFolder(id(), null, "b");
    byte[] small = bytes(10);
    byte[] large = bytes(LARGE);
    NewFile smallFile = file(id(), folder.id(), "1.jpg", small);
    NewFile largeFile = file(id(), folder.id(), "1.mp4", large);
    List<String> links = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      links.add(done(drive.createFolder(folder)));
      done(drive.upload(smallFile, content(small), memory()));
      done(drive.upload(largeFile, content(large), memory()));
    }
    assertThat(links)
        .containsOnly("https://drive.google.com/drive/folders/" + folder.id())
        .hasSize(3);
    assertThat(simulator.driveTree()).hasSize(3);
  }

  @Test
  void creationWhoseAnswerWasLostIsFoundAndNotRepeated() {
    simulator.faults().put(rule(FaultKind.DROP_AFTER).on("create_folder").times(1));
    simulator.faults().put(rule(FaultKind.DROP_AFTER).on("upload").times(1));
    NewFolder folder = new NewFolder(id(), null, "b");
    byte[] bytes = bytes(10);
    NewFile file = file(id(), folder.id(), "1.jpg", bytes);

    assertThat(drive.createFolder(folder)).isInstanceOf(DriveOutcome.Wait.class);
    done(drive.createFolder(folder));
    assertThat(drive.upload(file, content(bytes), memory())).isInstanceOf(DriveOutcome.Wait.class);
    done(drive.upload(file, content(bytes), memory()));

    assertThat(simulator.driveTree()).hasSize(2);
  }

  @Test
  void requestWhoseConnectionBreaksIsNotRepeatedByAnyClient() {
    String folder = folder(null, "b");
    simulator.faults().put(rule(FaultKind.DROP_BEFORE).on("create_folder").times(1));
    assertThat(drive.createFolder(new NewFolder(id(), folder, "c")))
        .as("a second try would have succeeded")
        .isInstanceOf(DriveOutcome.Wait.class);
    simulator.faults().put(rule(FaultKind.SERVER_ERROR).status(503).on("generate_ids").times(1));
    assertThat(drive.generateIds(names(200))).isInstanceOf(DriveOutcome.Wait.class);
  }

  @Test
  void interruptedUploadGoesOnInAnotherProcessWhereItStopped() {
    String folder = folder(null, "b");
    byte[] bytes = bytes(LARGE);
    NewFile file = file(id(), folder, "1.mp4", bytes);
    Memory session = memory();
    simulator.faults().put(rule(FaultKind.DROP_BEFORE).on("upload_chunk").nth(3));

    assertThat(drive.upload(file, content(bytes), session)).isInstanceOf(DriveOutcome.Wait.class);
    assertThat(session.find()).isPresent();
    List<Long> offsets = new ArrayList<>();
    try (AnnotationConfigApplicationContext other =
        Adapters.start(GoogleDriveConfiguration.class, properties())) {
      done(
          other
              .getBean(Drive.class)
              .upload(
                  file,
                  offset -> {
                    offsets.add(offset);
                    return content(bytes).open(offset);
                  },
                  session));
    }
    assertThat(offsets.getFirst()).isEqualTo(2 * CHUNK);
    assertThat(hashOf(file)).isEqualTo(sha256(bytes));
  }

  @Test
  void chunkThatDriveKeptInPartIsSentFromWhereItEnds() {
    uploader.close();
    Map<String, Object> wider = properties();
    wider.put("kombine.drive.google.chunk-size", "1MB");
    uploader = Adapters.start(GoogleDriveConfiguration.class, wider);
    drive = uploader.getBean(Drive.class);
    simulator.faults().put(rule(FaultKind.PARTIAL_CHUNK).nth(1));
    byte[] bytes = bytes(LARGE);
    NewFile file = file(id(), folder(null, "b"), "1.mp4", bytes);

    done(drive.upload(file, content(bytes), memory()));

    assertThat(hashOf(file)).isEqualTo(sha256(bytes));
  }

  @Test
  void uploadOfWhichDriveKeepsNothingWaits() {
    simulator.faults().put(rule(FaultKind.PARTIAL_CHUNK));
    byte[] bytes = bytes(LARGE);
    NewFile file = file(id(), folder(null, "b"), "1.mp4", bytes);

    assertThat(drive.upload(file, content(bytes), memory())).isInstanceOf(DriveOutcome.Wait.class);
  }

  @Test
  void lastAnswerThatWasLostIsAskedForAndNothingIsSentAgain() {
    byte[] bytes = bytes(LARGE);
    NewFile file = file(id(), folder(null, "b"), "1.mp4", bytes);
    Memory session = memory();
    simulator.faults().put(rule(FaultKind.DROP_AFTER).on("upload_chunk").nth(5));

    assertThat(drive.upload(file, content(bytes), session)).isInstanceOf(DriveOutcome.Wait.class);
    done(
        drive.upload(
            file,
            _ -> {
              throw new AssertionError("all bytes are there");
            },
            session));
    assertThat(hashOf(file)).isEqualTo(sha256(bytes));
  }

  @Test
  void sessionThatDriveHasForgottenOrThatIsNoneOfItsIsStartedAnew() {
    String folder = folder(null, "b");
    byte[] bytes = bytes(LARGE);
    for (String kept :
        List.of(
            simulator.baseUrl() + "/upload/drive/v3/files?uploadType=resumable&upload_id=gone",
            "http://127.0.0.1:1/upload",
            "no address")) {
      Memory session = memory();
      session.keep(kept);
      NewFile file = file(id(), folder, "1.mp4", bytes);
      done(drive.upload(file, content(bytes), session));
      assertThat(hashOf(file)).isEqualTo(sha256(bytes));
    }
  }

  @Test
  void ownEarlierContentIsReplacedAndSomebodyElsesIsNot() {
    String folder = folder(null, "b");
    String id = id();
    byte[] first = bytes(10);
    done(drive.upload(file(id, folder, "manifest.json", first), content(first), memory()));
    for (int size : List.of(20, LARGE)) {
      byte[] next = bytes(size);
      assertThat(drive.upload(file(id, folder, "manifest.json", next), content(next), memory()))
          .isInstanceOf(DriveOutcome.Refused.class);
      NewFile replacing =
          new NewFile(
              id,
              folder,
              "manifest.json",
              "application/json",
              size,
              sha256(next),
              Set.of(sha256(first), sha256(bytes(20))));
      done(drive.upload(replacing, content(next), memory()));
      assertThat(hashOf(replacing)).isEqualTo(sha256(next));
    }
    assertThat(simulator.driveTree()).hasSize(2);
  }

  @Test
  void bytesThatAreNotWhatTheirHashSaysAreNeverSent() {
    String folder = folder(null, "b");
    for (int size : List.of(500, LARGE)) {
      NewFile file = file(id(), folder, "1.jpg", bytes(size));
      for (byte[] wrong : List.of(bytes(size - 1), new byte[size], bytes(size + 1))) {
        assertThat(drive.upload(file, content(wrong), memory()))
            .isInstanceOf(DriveOutcome.Refused.class);
      }
    }
    assertThat(simulator.driveTree()).hasSize(1);
  }

  @Test
  void manyUploadersOfOneFolderAndFileMakeOneOfEach() throws Exception {
    NewFolder folder = new NewFolder(id(), null, "b");
    byte[] bytes = bytes(10);
    NewFile file = file(id(), folder.id(), "1.jpg", bytes);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<DriveOutcome<String>>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(
            threads.submit(() -> {
              done(drive.createFolder(folder));
              return drive.upload(file, content(bytes), memory());
            }));
      }
      for (Future<DriveOutcome<String>> each : all) {
        done(each.get());
      }
    }
    assertThat(simulator.driveTree()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "userRateLimitExceeded, Wait",
    "rateLimitExceeded, Wait",
    "sharingRateLimitExceeded, Wait",
    "dailyLimitExceeded, Wait",
    "storageQuotaExceeded, Wait",
    "teamDriveFileLimitExceeded, Wait",
    "insufficientFilePermissions, Wait",
    "appNotAuthorizedToFile, Wait",
    "numChildrenInNonRootLimitExceeded, Refused",
  })
  void reasonDecidesAmongThe403s(String reason, String outcome) {
    byte[] bytes = bytes(LARGE);
    NewFile file = file(id(), folder(null, "b"), "1.mp4", bytes);
    simulator.faults().put(rule(FaultKind.QUOTA).reason(reason));

    assertThat(drive.upload(file, content(bytes), memory()).getClass().getSimpleName())
        .isEqualTo(outcome);
    assertThat(drive.createFolder(new NewFolder("1".repeat(33), null, "c")).toString())
        .startsWith(outcome)
        .contains(reason);
  }

  @ParameterizedTest
  @CsvSource({"NO_CAPACITY", "SERVER_ERROR", "UNAUTHORIZED", "DROP_BEFORE", "MALFORMED"})
  void everyOtherTroubleIsAWaitAndEndsByItself(FaultKind fault) {
    byte[] bytes = bytes(10);
    NewFile file = file(id(), folder(null, "b"), "1.jpg", bytes);
    simulator.faults().put(rule(fault).times(1));

    assertThat(drive.upload(file, content(bytes), memory())).isInstanceOf(DriveOutcome.Wait.class);
    done(drive.upload(file, content(bytes), memory()));
    assertThat(simulator.driveTree()).hasSize(2);
  }

  @Test
  void goneParentIsARefusal() {
    byte[] bytes = bytes(10);
    assertThat(drive.upload(file(id(), "1".repeat(33), "1.jpg", bytes), content(bytes), memory()))
        .isInstanceOf(DriveOutcome.Refused.class);
  }

  @Test
  void driveThatIsAwayDoesNotStopTheStart() {
    simulator.faults().put(rule(FaultKind.SERVER_ERROR).status(503).times(1));
    Adapters.start(GoogleDriveConfiguration.class, properties()).close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "root-folder-id        | https://drive.google.com/x | must be the id alone",
        "root-folder-id        | 1nobody                    | root-folder-id 1nobody is not there",
        "credentials-file      | /nowhere.json              | /nowhere.json cannot be used",
        "base-url              | https://localhost/drive    | base-url must be an http",
        "base-url              | ftp://localhost            | base-url must be an http",
        "resumable-from        | 6MB                        | resumable-from must be from 0 to 5MB",
        "chunk-size            | 300KB                      | chunk-size must be a multiple of 256KB",
        "chunk-size            | 65MB                       | chunk-size must be a multiple of 256KB",
      })
  void wrongValuesStopTheStart(String name, String value, String sentence) {
    Map<String, Object> wrong = properties();
    wrong.put("kombine.drive.google." + name, value);
    assertThatThrownBy(() -> Adapters.start(GoogleDriveConfiguration.class, wrong).close())
        .rootCause()
        .hasMessageContaining(sentence);
  }

  @Test
  void missingValuesStopTheStart() {
    assertThatThrownBy(() ->
            Adapters.start(GoogleDriveConfiguration.class, Map.of("kombine.drive.kind", "google"))
                .close())
        .rootCause()
        .hasMessageContaining("must be the id of the folder")
        .hasMessageContaining("must name the JSON file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"external_account\"}                        | neither service_account nor",
        "{\"type\":\"service_account\",\"private_key\":\"KEY\"} | cannot be read as JSON",
        "KEY                                                    | cannot be read as JSON",
      })
  void uselessCredentialsStopTheStartAndAreNotQuoted(String content, String sentence)
      throws IOException {
    Map<String, Object> wrong = properties();
    wrong.put(
        "kombine.drive.google.credentials-file",
        Files.writeString(scratch.resolve("wrong.json"), content).toString());
    assertThatThrownBy(() -> Adapters.start(GoogleDriveConfiguration.class, wrong).close())
        .rootCause()
        .hasMessageContaining(sentence)
        .message()
        .doesNotContain("KEY");
  }

  private static FaultRule rule(FaultKind fault) {
    return FaultRule.of(Vendor.DRIVE, fault);
  }

  private String id() {
    return done(drive.generateIds(names(1))).getFirst();
  }

  private static List<List<String>> names(int count) {
    return Collections.nCopies(count, List.of("b", "1.jpg"));
  }

  private String folder(@Nullable String parent, String name) {
    String id = id();
    done(drive.createFolder(new NewFolder(id, parent, name)));
    return id;
  }

  private static NewFile file(String id, String parent, String name, byte[] bytes) {
    return new NewFile(id, parent, name, "image/jpeg", bytes.length, sha256(bytes), Set.of());
  }

  private String hashOf(NewFile file) {
    return simulator.driveTree().stream()
        .filter(entry -> entry.id().equals(file.id()))
        .findFirst()
        .orElseThrow()
        .sha256();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static FileContent content(byte[] bytes) {
    return offset -> {
      ByteArrayInputStream in = new ByteArrayInputStream(bytes);
      in.skipNBytes(offset);
      return in;
    };
  }

  private static String sha256(byte[] bytes) {
    return new Fingerprint().add(bytes).hex();
  }

  private static <T> T done(DriveOutcome<T> outcome) {
    return switch (outcome) {
      case DriveOutcome.Done<T>(T value) -> value;
      case DriveOutcome.Wait<T> wait -> throw new AssertionError(wait);
      case DriveOutcome.Refused<T> refused -> throw new AssertionError(refused);
    };
  }

  private static Memory memory() {
    return new Memory();
  }

  /** A session that outlives its uploader. */
  private static final class Memory implements UploadSession {
    private Optional<String> kept = Optional.empty();

    @Override
    public Optional<String> find() {
      return kept;
    }

    @Override
    public void keep(String text) {
      kept = Optional.of(text);
    }
  }
}
