package io.kombine.i2v.video;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Files that videos are written to until they are stored. Those that a killed process left behind
 * are removed at the next start, once they are older than any call can be. Thread-safe.
 */
public final class ScratchFiles {

  private static final String PREFIX = "kombine-video-";

  /** Longer than the longest hard timeout, and storing after it. */
  private static final Duration LEFT_BEHIND = Duration.ofHours(3);

  private final Path directory;

  private ScratchFiles(Path directory) {
    this.directory = directory;
  }

  /** In that directory, from which files left behind are removed now. */
  public static ScratchFiles in(Path directory, Clock clock) throws IOException {
    Instant before = clock.instant().minus(LEFT_BEHIND);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*.mp4")) {
      for (Path file : files) {
        try {
          if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
            Files.deleteIfExists(file);
          }
        } catch (NoSuchFileException _) {
          continue; // why: another worker that starts at the same time has removed it
        }
      }
    }
    return new ScratchFiles(directory);
  }

  /** A new, empty file. */
  public Path create() throws IOException {
    return Files.createTempFile(directory, PREFIX, ".mp4");
  }

  /** Removes those that are still there. */
  public void delete(List<Path> files) {
    try {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
