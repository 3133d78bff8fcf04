package io.kombine.worker.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kombine.contracts.ArtifactRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDirectoryArtifactStoreTests {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final long LIMIT = 1_000_000;

  @TempDir Path directory;
  private ArtifactStore store;

  @BeforeEach
  void openStore() throws IOException {
    store = open();
  }

  private ArtifactStore open() throws IOException {
    return LocalDirectoryArtifactStore.open(
        directory, LIMIT, Duration.ofDays(1), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] read(InputStream in) throws IOException {
    try (in) {
      return in.readAllBytes();
    }
  }

  private List<Path> unfinished() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("incoming"))) {
      return files.toList();
    }
  }

  @Test
  void bytesComeBackUnderTheirHash() throws IOException {
    ArtifactRef ref = store.put(bytes("abc"), "image/png");

    assertThat(ref.sha256())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(ref.mediaType()).isEqualTo("image/png");
    assertThat(ref.bytes()).isEqualTo(3);
    assertThat(store.exists(ref.sha256())).isTrue();
    assertThat(store.size(ref.sha256())).isEqualTo(3);
    assertThat(read(store.open(ref.sha256()))).isEqualTo(bytes("abc"));
    assertThat(read(open().open(ref.sha256()))).isEqualTo(bytes("abc"));
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void filesAreStoredAndStay() throws IOException {
    Path file = Files.write(directory.resolve("own"), bytes("from a file"));

    ArtifactRef ref = store.put(file, "text/plain");

    assertThat(file).exists();
    assertThat(read(store.open(ref.sha256()))).isEqualTo(bytes("from a file"));
  }

  @Test
  void missingArtifactsAreSaidToBeMissing() throws IOException {
    String unknown = "0".repeat(64);

    assertThat(store.exists(unknown)).isFalse();
    assertThatThrownBy(() -> store.open(unknown)).isInstanceOf(ArtifactNotFoundException.class);
    assertThatThrownBy(() -> store.size(unknown)).isInstanceOf(ArtifactNotFoundException.class);
  }

  @Test
  void addressesCannotLeaveTheStore() {
    for (String address : List.of("../../etc/passwd", "", "ABC", "a".repeat(63), "A".repeat(64))) {
      assertThatThrownBy(() -> store.open(address)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void mediaTypesMustBeMediaTypes() {
    assertThatThrownBy(() -> store.put(bytes("x"), "image/png\r\nX-Evil: 1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rangesEndWithTheArtifact() throws IOException {
    String sha256 = store.put(bytes("0123456789"), "text/plain").sha256();

    assertThat(read(store.openRange(sha256, 0, 4))).isEqualTo(bytes("0123"));
    assertThat(read(store.openRange(sha256, 3, 4))).isEqualTo(bytes("3456"));
    assertThat(read(store.openRange(sha256, 8, 100))).isEqualTo(bytes("89"));
    assertThat(read(store.openRange(sha256, 9, Long.MAX_VALUE))).isEqualTo(bytes("9"));
    assertThat(read(store.openRange(sha256, 10, 1))).isEmpty();
    assertThat(read(store.openRange(sha256, 11, 1))).isEmpty();
    assertThat(read(store.openRange(sha256, 5, 0))).isEmpty();
    assertThatThrownBy(() -> store.openRange(sha256, -1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.openRange(sha256, 0, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rangeIsHeldByteByByteAndBySkipping() throws IOException {
    String sha256 = store.put(bytes("0123456789"), "text/plain").sha256();

    try (InputStream range = store.openRange(sha256, 2, 3)) {
      assertThat(range.read()).isEqualTo('2');
      assertThat(range.skip(10)).isEqualTo(2);
      assertThat(range.read()).isEqualTo(-1);
    }
  }

  @Test
  void artifactAtTheLimitIsTakenAndOneByteMoreLeavesNothing() throws IOException {
    assertThat(store.put(new byte[(int) LIMIT], "video/mp4").bytes()).isEqualTo(LIMIT);

    assertThatThrownBy(() -> store.put(new byte[(int) LIMIT + 1], "video/mp4"))
        .isInstanceOf(ArtifactTooLargeException.class)
        .hasMessageContaining("1000000");
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void brokenSourceLeavesNothing() throws IOException {
    InputStream broken =
        new InputStream() {
          private int served;

          @Override
          public int read() throws IOException {
            if (served++ > 1000) {
              throw new IOException("connection lost");
            }
            return 1;
          }
        };

    assertThatThrownBy(() -> store.put(broken, "image/png")).hasMessage("connection lost");
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void sameBytesPutAtOnceByManyAreOneArtifact() throws Exception {
    byte[] content = new byte[300_000];
    new Random(7).nextBytes(content);
    ArtifactStore other = open();
    CyclicBarrier together = new CyclicBarrier(16);
    List<Future<ArtifactRef>> puts = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 16; i++) {
        ArtifactStore writer = i % 2 == 0 ? store : other;
        puts.add(
            threads.submit(() -> {
              together.await();
              ArtifactRef ref = writer.put(content, "image/png");
              assertThat(read(writer.open(ref.sha256()))).isEqualTo(content);
              return ref;
            }));
      }
      for (Future<ArtifactRef> put : puts) {
        assertThat(put.get()).isEqualTo(puts.getFirst().get());
      }
    }
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void leftoversOfACrashAreRemovedOnceTheyAreOld() throws IOException {
    Path old = Files.write(directory.resolve("incoming/old"), bytes("half"));
    Files.setLastModifiedTime(old, FileTime.from(NOW.minus(Duration.ofHours(25))));
    Path running = Files.write(directory.resolve("incoming/running"), bytes("half"));
    Files.setLastModifiedTime(running, FileTime.from(NOW.minus(Duration.ofHours(23))));

    open();

    assertThat(unfinished()).containsExactly(running);
  }

  @Test
  void artifactThatLostItsEndIsReplacedByTheNextPut() throws IOException {
    String sha256 = store.put(bytes("whole"), "text/plain").sha256();
    Files.write(
        directory.resolve("sha256").resolve(sha256.substring(0, 2)).resolve(sha256), bytes("wh"));

    store.put(bytes("whole"), "text/plain");

    assertThat(read(store.open(sha256))).isEqualTo(bytes("whole"));
  }

  @Test
  void receiptsBelongToStepAndEpochAndSurviveReopening() throws IOException {
    UUID step = UUID.fromString("0193a3f0-0000-7000-8000-00000000abcd");
    store.putReceipt(step, 2, bytes("{\"outputs\":1}"));

    assertThat(open().findReceipt(step, 2)).hasValue(bytes("{\"outputs\":1}"));
    assertThat(store.findReceipt(step, 1)).isEmpty();
    assertThat(store.findReceipt(UUID.randomUUID(), 2)).isEmpty();

    store.putReceipt(step, 2, bytes("{}"));
    assertThat(store.findReceipt(step, 2)).hasValue(bytes("{}"));
  }

  @Test
  void receiptsAreSmallAndEpochsStartAtOne() {
    UUID step = UUID.randomUUID();

    assertThatThrownBy(
            () -> store.putReceipt(step, 1, new byte[ArtifactStore.MAX_RECEIPT_BYTES + 1]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.putReceipt(step, 0, bytes("{}")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
