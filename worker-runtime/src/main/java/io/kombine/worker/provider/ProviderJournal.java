package io.kombine.worker.provider;

import io.kombine.contracts.RunStep;
import io.kombine.worker.WorkerIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;

/**
 * A file of this process with a line when each provider call begins and when it ends: {@code
 * begin|end <step id> <epoch> <kind> <worker id> <epoch millis>}. Each line is handed to the
 * operating system in one write before the call goes on, so it outlives the process. Thread-safe.
 */
final class ProviderJournal implements AutoCloseable {

  private final FileChannel file;
  private final WorkerIdentity worker;
  private final Clock clock;

  private ProviderJournal(FileChannel file, WorkerIdentity worker, Clock clock) {
    this.file = file;
    this.worker = worker;
    this.clock = clock;
  }

  static ProviderJournal in(Path directory, WorkerIdentity worker, Clock clock) {
    try {
      Path file = Files.createDirectories(directory).resolve(worker.id() + ".calls");
      return new ProviderJournal(
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
          worker,
          clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void begin(RunStep step) {
    write("begin", step);
  }

  void end(RunStep step) {
    write("end", step);
  }

  private void write(String event, RunStep step) {
    String line =
        "%s %s %d %s %s %d\n"
            .formatted(
                event,
                step.stepId(),
                step.epoch(),
                step.kind().wireName(),
                worker.id(),
                clock.millis());
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    try {
      synchronized (file) {
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
