package io.kombine.upload.drive.local;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Unfinished copies that nobody came back for. */
final class Leftovers {

  private static final Logger log = LoggerFactory.getLogger(Leftovers.class);

  private Leftovers() {}

  static void remove(Path incoming, Instant olderThan) throws IOException {
    int removed = 0;
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(incoming, "*.part")) {
      for (Path part : parts) {
        if (isOlder(part, olderThan) && Files.deleteIfExists(part)) {
          removed++;
        }
      }
    }
    if (removed > 0) {
      log.info("Removed {} unfinished copies from {}", removed, incoming);
    }
  }

  private static boolean isOlder(Path file, Instant time) throws IOException {
    try {
      return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant().isBefore(time);
    } catch (NoSuchFileException _) {
      return false; // another uploader finished it in the meantime
    }
  }
}
