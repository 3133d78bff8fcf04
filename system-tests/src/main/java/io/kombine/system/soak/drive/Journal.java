package io.kombine.system.soak.drive;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/** What the driver did, line by line with its time, in a file. Thread-safe. */
final class Journal implements Consumer<String>, AutoCloseable {

  private final PrintWriter file;

  Journal(Path path) throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    this.file = new PrintWriter(Files.newBufferedWriter(path), true);
  }

  @Override
  public synchronized void accept(String line) {
    file.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + line);
  }

  @Override
  public synchronized void close() {
    file.close();
  }
}
