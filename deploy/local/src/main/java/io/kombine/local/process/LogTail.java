package io.kombine.local.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The last lines of a log file, read without reading the whole file. */
public final class LogTail {

  private static final int BYTES_PER_LINE = 400;

  private LogTail() {}

  /** At most {@code lines} last lines with a heading, or nothing where there is no log. */
  static String of(Path log, int lines) {
    List<String> last = lines(log, lines);
    return last.isEmpty() ? "" : "\nThe end of %s:\n  %s".formatted(log, String.join("\n  ", last));
  }

  /**
   * At most {@code lines} last lines; empty where there is no log. Very long lines may reduce their
   * number.
   */
  public static List<String> lines(Path log, int lines) {
    if (!Files.isRegularFile(log)) {
      return List.of();
    }
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long wanted = Math.min(file.length(), (long) lines * BYTES_PER_LINE);
      byte[] tail = new byte[(int) wanted];
      file.seek(file.length() - wanted);
      file.readFully(tail);
      List<String> all = new String(tail, StandardCharsets.UTF_8).lines().toList();
      return all.subList(Math.max(0, all.size() - lines), all.size());
    } catch (IOException e) {
      return List.of("(" + log + " cannot be read: " + e.getMessage() + ")");
    }
  }
}
