package io.kombine.worker.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a process finds the order to die: a file that holds the name of a boundary. Who obeys takes
 * the file away, so one order ends one process once, and its successor goes on. Thread-safe.
 *
 * <p>why a file: a test gives the order when the work is where it wants it, and needs one start of
 * the process instead of two.
 */
final class CrashOrder {

  /** The system property that names the file; absent in every real process. */
  static final String PROPERTY = "kombine.crash-order";

  private final Path file;

  CrashOrder(Path file) {
    this.file = file;
  }

  static @Nullable CrashOrder ofThisProcess() {
    String file = System.getProperty(PROPERTY);
    if (file == null) {
      return null;
    }
    System.err.println("This process dies where " + file + " says so");
    return new CrashOrder(Path.of(file));
  }

  /** Whether the order is this boundary's; given to one caller only. */
  boolean take(CrashPoint point) {
    try {
      if (!Files.readString(file).strip().equals(point.name())) {
        return false;
      }
      Files.delete(file);
      return true;
    } catch (IOException e) {
      // why false: there is no order, or another thread obeys it already
      return false;
    }
  }
}
