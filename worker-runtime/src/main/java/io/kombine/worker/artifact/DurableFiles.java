package io.kombine.worker.artifact;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes files so that they appear whole and stay: into a temporary file, forced to the device,
 * renamed atomically, the directory forced as well.
 */
final class DurableFiles {

  /**
   * @param file the temporary file
   */
  record Written(Path file, String sha256, long bytes) {}

  private static final Logger log = LoggerFactory.getLogger(DurableFiles.class);
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Path incoming;

  private DurableFiles(Path incoming) {
    this.incoming = incoming;
  }

  static DurableFiles in(Path incoming) throws IOException {
    return new DurableFiles(Files.createDirectories(incoming));
  }

  void removeLeftovers(Instant olderThan) throws IOException {
    int removed = 0;
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(incoming)) {
      for (Path leftover : leftovers) {
        if (isOlder(leftover, olderThan) && Files.deleteIfExists(leftover)) {
          removed++;
        }
      }
    }
    if (removed > 0) {
      log.info("Removed {} unfinished files that a crash left in {}", removed, incoming);
    }
  }

  private static boolean isOlder(Path file, Instant time) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(time);
    } catch (NoSuchFileException _) {
      return false; // another process finished it in the meantime
    }
  }

  Written write(byte[] bytes) throws IOException {
    return write(new ByteArrayInputStream(bytes), bytes.length);
  }

  /**
   * Writes a stream into a temporary file of its own.
   *
   * @throws ArtifactTooLargeException beyond the limit; the file is gone then
   */
  Written write(InputStream in, long maxBytes) throws IOException {
    Path file = incoming.resolve(UUID.randomUUID().toString());
    boolean complete = false;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      long total = copy(in, channel, digest, maxBytes);
      channel.force(true);
      complete = true;
      return new Written(file, HexFormat.of().formatHex(digest.digest()), total);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    } finally {
      if (!complete) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static long copy(InputStream in, FileChannel channel, MessageDigest digest, long maxBytes)
      throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long total = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      total += read;
      if (total > maxBytes) {
        throw new ArtifactTooLargeException(maxBytes);
      }
      digest.update(buffer, 0, read);
      ByteBuffer pending = ByteBuffer.wrap(buffer, 0, read);
      while (pending.hasRemaining()) {
        channel.write(pending);
      }
    }
    return total;
  }

  /** Gives content-addressed bytes their name, unless they have it already. */
  void publishOnce(Written written, Path target) throws IOException {
    if (Files.isRegularFile(target) && Files.size(target) == written.bytes()) {
      Files.deleteIfExists(written.file());
      // why: the writer that came first may not have forced its rename yet
      force(parentOf(target));
    } else {
      publish(written, target);
    }
  }

  /** Gives written bytes their name, replacing what bore it. */
  void publish(Written written, Path target) throws IOException {
    boolean moved = false;
    try {
      Files.move(
          written.file(),
          target,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      moved = true;
    } finally {
      if (!moved) {
        Files.deleteIfExists(written.file());
      }
    }
    force(parentOf(target));
  }

  private static Path parentOf(Path target) throws IOException {
    Path parent = target.getParent();
    if (parent == null) {
      throw new IOException("no directory above " + target);
    }
    return parent;
  }

  /** Forces a directory's entries; file systems that cannot open directories keep them anyway. */
  static void force(Path directory) throws IOException {
    if (File.separatorChar == '\\') {
      return;
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
