package io.kombine.worker.artifact;

import io.kombine.contracts.ArtifactRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * An artifact store in a directory that all services see: {@code sha256/ab/abcd…} for bytes, {@code
 * receipts/xy/<step>-<epoch>.json} for receipts, both in 256 shards, and {@code incoming} for what
 * is being written. Several processes may share the directory.
 */
public final class LocalDirectoryArtifactStore implements ArtifactStore {

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[a-zA-Z0-9!#$&^_.+-]{1,60}/[a-zA-Z0-9!#$&^_.+-]{1,60}");

  private final Path artifacts;
  private final Path receipts;
  private final DurableFiles files;
  private final long maxBytes;

  private LocalDirectoryArtifactStore(
      Path artifacts, Path receipts, DurableFiles files, long maxBytes) {
    this.artifacts = artifacts;
    this.receipts = receipts;
    this.files = files;
    this.maxBytes = maxBytes;
  }

  /**
   * Opens a store, creating what is missing, and removes what crashed writers left behind.
   *
   * @param maxBytes the largest artifact taken
   * @param leftoverAge unfinished files older than this are removed; no write takes that long
   */
  public static LocalDirectoryArtifactStore open(
      Path directory, long maxBytes, Duration leftoverAge, Clock clock) throws IOException {
    Path artifacts = shards(directory.resolve("sha256"));
    Path receipts = shards(directory.resolve("receipts"));
    DurableFiles files = DurableFiles.in(directory.resolve("incoming"));
    files.removeLeftovers(clock.instant().minus(leftoverAge));
    DurableFiles.force(artifacts);
    DurableFiles.force(receipts);
    DurableFiles.force(directory);
    return new LocalDirectoryArtifactStore(artifacts, receipts, files, maxBytes);
  }

  private static Path shards(Path parent) throws IOException {
    for (int shard = 0; shard < 256; shard++) {
      Files.createDirectories(parent.resolve(HexFormat.of().toHexDigits((byte) shard)));
    }
    return parent;
  }

  @Override
  public ArtifactRef put(InputStream bytes, String mediaType) throws IOException {
    if (!MEDIA_TYPE.matcher(mediaType).matches()) {
      throw new IllegalArgumentException("not a media type: '" + mediaType + "'");
    }
    DurableFiles.Written written = files.write(bytes, maxBytes);
    files.publishOnce(written, pathOf(written.sha256()));
    return new ArtifactRef(written.sha256(), mediaType, written.bytes(), null, null, null, null);
  }

  @Override
  public InputStream open(String sha256) throws IOException {
    return openRange(sha256, 0, Long.MAX_VALUE);
  }

  @Override
  public InputStream openRange(String sha256, long offset, long length) throws IOException {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("a range has no negative offset or length");
    }
    SeekableByteChannel channel;
    try {
      channel = Files.newByteChannel(pathOf(sha256));
    } catch (NoSuchFileException missing) {
      throw notFound(sha256, missing);
    }
    channel.position(offset);
    return new LimitedInputStream(Channels.newInputStream(channel), length);
  }

  @Override
  public long size(String sha256) throws IOException {
    try {
      return Files.size(pathOf(sha256));
    } catch (NoSuchFileException missing) {
      throw notFound(sha256, missing);
    }
  }

  @Override
  public boolean exists(String sha256) {
    return Files.isRegularFile(pathOf(sha256));
  }

  @Override
  public void putReceipt(UUID stepId, int epoch, byte[] json) throws IOException {
    if (json.length > MAX_RECEIPT_BYTES) {
      throw new IllegalArgumentException(
          "a receipt has at most " + MAX_RECEIPT_BYTES + " bytes, not " + json.length);
    }
    files.publish(files.write(json), receiptOf(stepId, epoch));
  }

  @Override
  public Optional<byte[]> findReceipt(UUID stepId, int epoch) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(receiptOf(stepId, epoch)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  private Path pathOf(String sha256) {
    Objects.requireNonNull(sha256, "sha256");
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "not a SHA-256 in lowercase hexadecimal: '" + sha256 + "'");
    }
    return artifacts.resolve(sha256.substring(0, 2)).resolve(sha256);
  }

  /** The shard is the id's last byte: the first ones of a UUIDv7 are the time. */
  private Path receiptOf(UUID stepId, int epoch) {
    if (epoch < 1) {
      throw new IllegalArgumentException("epochs are numbered from 1, not " + epoch);
    }
    String id = stepId.toString();
    return receipts.resolve(id.substring(id.length() - 2)).resolve(id + "-" + epoch + ".json");
  }

  private static ArtifactNotFoundException notFound(String sha256, NoSuchFileException cause) {
    ArtifactNotFoundException exception = new ArtifactNotFoundException(sha256);
    exception.initCause(cause);
    return exception;
  }
}
