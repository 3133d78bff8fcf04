package io.kombine.local.process;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * The durable note of which operating-system process plays a part of the stack, so that a later
 * launcher finds it again.
 *
 * <p>A process is known by its id <em>and</em> its start time: an id that the system has given to
 * another program since is never taken for ours, so nothing foreign is ever signalled.
 */
final class RunFile {

  /**
   * why: the start time is computed from the kernel's boot time, which clock corrections move by a
   * second.
   */
  private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

  private static final Path LINUX_PROCESSES = Path.of("/proc");

  private final Path file;

  RunFile(Path file) {
    this.file = file;
  }

  /** The noted process if it still runs. */
  Optional<ProcessHandle> process() {
    return read().flatMap(RunFile::find);
  }

  void write(ProcessHandle process, int port) throws IOException {
    Properties note = new Properties();
    note.setProperty("pid", Long.toString(process.pid()));
    note.setProperty("port", Integer.toString(port));
    process
        .info()
        .startInstant()
        .ifPresent(at -> note.setProperty("started", Long.toString(at.toEpochMilli())));
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try (Writer writer = Files.newBufferedWriter(draft)) {
      note.store(writer, null);
    }
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  boolean exists() {
    return Files.exists(file);
  }

  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether the process is there and is not merely an entry that its parent has not collected yet.
   */
  static boolean runs(ProcessHandle process) {
    return process.isAlive() && !isZombie(process.pid());
  }

  private static boolean isZombie(long pid) {
    Path stat = LINUX_PROCESSES.resolve(Long.toString(pid)).resolve("stat");
    try {
      String line = Files.readString(stat);
      return line.charAt(line.lastIndexOf(')') + 2) == 'Z';
    } catch (IOException e) {
      // why false: no /proc here, or the process ended between the two looks, which isAlive() tells
      // next time
      return false;
    }
  }

  private static Optional<ProcessHandle> find(Properties note) {
    long pid = Long.parseLong(note.getProperty("pid", "-1"));
    long started = Long.parseLong(note.getProperty("started", "-1"));
    return ProcessHandle.of(pid)
        .filter(RunFile::runs)
        .filter(process ->
            process
                .info()
                .startInstant()
                .map(at -> isSame(at, Instant.ofEpochMilli(started)))
                .orElse(false));
  }

  private static boolean isSame(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(START_TOLERANCE) <= 0;
  }

  private Optional<Properties> read() {
    try (Reader reader = Files.newBufferedReader(file)) {
      Properties note = new Properties();
      note.load(reader);
      return Optional.of(note);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }
}
