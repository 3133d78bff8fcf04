package io.kombine.upload.drive.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kombine.upload.drive.DriveOutcome;
import io.kombine.upload.drive.FileContent;
import io.kombine.upload.drive.NewFile;
import io.kombine.upload.drive.NewFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFolderDriveTests {

  @TempDir Path around;
  private Path directory;
  private LocalFolderDrive drive;

  @BeforeEach
  void open() throws IOException {
    directory = around.resolve("drive");
    drive = TestDrive.open(directory);
  }

  @Test
  void urlsLeadToFilesAndFolders() throws IOException {
    String folder =
        DriveOutcomes.done(drive.createFolder(new NewFolder("Autumn [1]", null, "Autumn [1]")));
    String file = DriveOutcomes.done(TestDrive.put(drive, "Autumn [1]/ü.jpg", "bytes"));

    assertThat(Path.of(URI.create(folder))).isDirectory();
    assertThat(Files.readString(Path.of(URI.create(file)))).isEqualTo("bytes");
    assertThat(folder).startsWith("file:///").endsWith("/");
  }

  @Test
  void whatExistsAlreadyIsSuccess() {
    for (int i = 0; i < 2; i++) {
      DriveOutcomes.done(drive.createFolder(new NewFolder("b", null, "b")));
      DriveOutcomes.done(TestDrive.put(drive, "b/1.jpg", "bytes"));
    }
    assertThat(directory.resolve("b/1.jpg")).hasContent("bytes");
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void somebodyElsesFileIsNotReplaced() throws IOException {
    DriveOutcomes.done(TestDrive.put(drive, "b/1.jpg", "theirs"));

    assertThat(TestDrive.put(drive, "b/1.jpg", "ours")).isInstanceOf(DriveOutcome.Refused.class);
    assertThat(directory.resolve("b/1.jpg")).hasContent("theirs");
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void ownEarlierContentIsReplaced() {
    DriveOutcomes.done(TestDrive.put(drive, "b/manifest.json", "first"));
    byte[] second = "second".getBytes(UTF_8);
    NewFile file =
        TestDrive.file(
            "b/manifest.json", second, Set.of(TestDrive.sha256("first".getBytes(UTF_8))));

    DriveOutcomes.done(drive.upload(file, TestDrive.content(second), new TestDrive.Memory()));

    assertThat(directory.resolve("b/manifest.json")).hasContent("second");
  }

  @Test
  void nothingIsSeenOfAFileBeforeItIsWhole() {
    byte[] bytes = randomBytes(5000);
    List<Boolean> seen = new ArrayList<>();
    FileContent watched =
        offset ->
            new SequenceInputStream(
                new ByteArrayInputStream(bytes, 0, 2500),
                new ByteArrayInputStream(bytes, 2500, 2500) {
                  @Override
                  public synchronized int read(byte[] into, int at, int length) {
                    seen.add(Files.exists(directory.resolve("b/1.jpg")));
                    return super.read(into, at, length);
                  }
                });

    DriveOutcomes.done(
        drive.upload(TestDrive.file("b/1.jpg", bytes, Set.of()), watched, new TestDrive.Memory()));

    assertThat(seen).isNotEmpty().containsOnly(false);
    assertThat(directory.resolve("b/1.jpg")).hasBinaryContent(bytes);
  }

  @Test
  void bytesThatAreNotWhatTheirHashSaysNeverGetTheName() {
    byte[] bytes = randomBytes(500);
    NewFile file = TestDrive.file("b/1.jpg", bytes, Set.of());

    for (byte[] wrong : List.of(randomBytes(499), new byte[500], randomBytes(501))) {
      assertThat(drive.upload(file, TestDrive.content(wrong), new TestDrive.Memory()))
          .isInstanceOf(DriveOutcome.Refused.class);
    }
    assertThat(directory.resolve("b/1.jpg")).doesNotExist();
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void interruptedLargeFileGoesOnWhereItStopped() {
    byte[] bytes = randomBytes(500_000);
    NewFile file = TestDrive.file("b/1.mp4", bytes, Set.of());
    TestDrive.Memory session = new TestDrive.Memory();

    assertThat(drive.upload(file, breakingAfter(bytes, 200_000), session))
        .isInstanceOf(DriveOutcome.Wait.class);
    assertThat(unfinished()).hasSize(1);
    List<Long> offsets = new ArrayList<>();
    DriveOutcomes.done(
        drive.upload(
            file,
            offset -> {
              offsets.add(offset);
              return TestDrive.content(bytes).open(offset);
            },
            session));

    assertThat(offsets).hasSize(1).allMatch(offset -> offset > 100_000);
    assertThat(directory.resolve("b/1.mp4")).hasBinaryContent(bytes);
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void interruptedCopyThatWasDamagedIsMadeAnew() throws IOException {
    byte[] bytes = randomBytes(500_000);
    NewFile file = TestDrive.file("b/1.mp4", bytes, Set.of());
    TestDrive.Memory session = new TestDrive.Memory();
    drive.upload(file, breakingAfter(bytes, 200_000), session);
    Path part = directory.resolve(".kombine-incoming").resolve(session.find().orElseThrow());
    Files.write(part, new byte[(int) Files.size(part)]);

    DriveOutcomes.done(drive.upload(file, TestDrive.content(bytes), session));

    assertThat(directory.resolve("b/1.mp4")).hasBinaryContent(bytes);
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void smallFilesLeaveNothingBehindWhenInterrupted() {
    byte[] bytes = randomBytes(999);

    assertThat(
            drive.upload(
                TestDrive.file("b/1.jpg", bytes, Set.of()),
                breakingAfter(bytes, 500),
                new TestDrive.Memory()))
        .isInstanceOf(DriveOutcome.Wait.class);
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void manyUploadersOfOneFileAllSucceedOrWaitForEachOther() throws Exception {
    byte[] bytes = randomBytes(300_000);
    NewFile file = TestDrive.file("b/1.mp4", bytes, Set.of());
    TestDrive.Memory session = new TestDrive.Memory();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<DriveOutcome<String>>> outcomes =
          Stream.generate(
                  () -> threads.submit(() -> drive.upload(file, TestDrive.content(bytes), session)))
              .limit(8)
              .toList();
      for (Future<DriveOutcome<String>> outcome : outcomes) {
        assertThat(outcome.get()).isNotInstanceOf(DriveOutcome.Refused.class);
      }
    }
    DriveOutcomes.done(drive.upload(file, TestDrive.content(bytes), session));
    assertThat(directory.resolve("b/1.mp4")).hasBinaryContent(bytes);
  }

  @Test
  void linksOutOfTheDriveAreRefusedAndNothingIsWrittenThere() throws IOException {
    Path outside = Files.createDirectory(around.resolve("outside"));
    Files.createSymbolicLink(directory.resolve("link"), outside);

    assertThat(TestDrive.put(drive, "link/1.jpg", "bytes"))
        .isInstanceOf(DriveOutcome.Refused.class);
    assertThat(drive.createFolder(new NewFolder("link/sub", "link", "sub")))
        .isInstanceOf(DriveOutcome.Refused.class);
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void linkInTheFilesPlaceIsRefusedNotFollowed() throws IOException {
    Path outside = Files.writeString(around.resolve("outside.jpg"), "bytes");
    Files.createDirectory(directory.resolve("b"));
    Files.createSymbolicLink(directory.resolve("b/1.jpg"), outside);

    assertThat(TestDrive.put(drive, "b/1.jpg", "bytes")).isInstanceOf(DriveOutcome.Refused.class);
    assertThat(outside).hasContent("bytes");
  }

  @Test
  void linksWithinTheDriveAndToTheDriveItselfAreFollowed() throws IOException {
    Files.createDirectory(directory.resolve("real"));
    Files.createSymbolicLink(directory.resolve("alias"), Path.of("real"));
    Path other = Files.createSymbolicLink(around.resolve("drive-link"), directory);

    DriveOutcomes.done(TestDrive.put(TestDrive.open(other), "alias/1.jpg", "bytes"));

    assertThat(directory.resolve("real/1.jpg")).hasContent("bytes");
  }

  @Test
  void goneDriveIsAWaitAndIsNotCreatedAgain() throws IOException {
    Path away = around.resolve("away");
    Files.move(directory, away);

    assertThat(TestDrive.put(drive, "b/1.jpg", "bytes")).isInstanceOf(DriveOutcome.Wait.class);
    assertThat(directory).doesNotExist();

    Files.move(away, directory);
    DriveOutcomes.done(TestDrive.put(drive, "b/1.jpg", "bytes"));
  }

  @Test
  void fileWhereAFolderIsNeededIsARefusal() {
    DriveOutcomes.done(TestDrive.put(drive, "b/001", "bytes"));

    assertThat(TestDrive.put(drive, "b/001/1.jpg", "bytes"))
        .isInstanceOf(DriveOutcome.Refused.class);
  }

  @Test
  void oldLeftoversAreRemovedAtStart() throws IOException {
    Path incoming = directory.resolve(".kombine-incoming");
    Path old = Files.writeString(incoming.resolve("old.part"), "x");
    Path young = Files.writeString(incoming.resolve("young.part"), "x");
    Instant limit = Instant.parse("2026-11-21T00:00:00Z");
    Files.setLastModifiedTime(old, FileTime.from(limit.minusSeconds(1)));
    Files.setLastModifiedTime(young, FileTime.from(limit.plusSeconds(1)));

    LocalFolderDrive.open(directory, TestDrive.RESUMABLE_FROM, limit);

    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }

  @Test
  void unusableDirectoryIsNamedAtStart() throws IOException {
    Path file = Files.writeString(around.resolve("file"), "x");

    assertThatThrownBy(() -> TestDrive.open(file))
        .hasMessageContaining("kombine.drive.local.directory " + file + " cannot be used");
  }

  private List<Path> unfinished() {
    try (Stream<Path> parts = Files.list(directory.resolve(".kombine-incoming"))) {
      return parts.toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static FileContent breakingAfter(byte[] bytes, int count) {
    return offset ->
        new InputStream() {
          private int at = (int) offset;

          @Override
          public int read() throws IOException {
            throw new IOException("read in blocks");
          }

          @Override
          public int read(byte[] into, int start, int length) throws IOException {
            if (at >= count) {
              throw new IOException("connection lost");
            }
            int read = Math.min(length, count - at);
            System.arraycopy(bytes, at, into, start, read);
            at += read;
            return read;
          }
        };
  }

  private static byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
