package io.kombine.system.bench;

import io.kombine.local.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What all processes of a stack, their children included, take from a moment on; read from {@code
 * /proc} each half second, so on Linux only. A child that lives shorter than that may not be seen.
 */
final class ProcessUsage implements AutoCloseable {

  private static final int PERIOD_MILLIS = 500;
  private static final double TICKS_A_SECOND = 100;
  private static final double NANOS = 1e9;
  private static final long KILOBYTE = 1024;

  /** Index of utime in {@code /proc/<pid>/stat} after the process's name; stime follows. */
  private static final int USER_TICKS = 11;

  private final LocalStack stack;
  private final ScheduledExecutorService sampler =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private final Map<Long, Long> before = new HashMap<>();
  private final Map<Long, Long> latest = new HashMap<>();
  private long peakBytes;

  private ProcessUsage(LocalStack stack) {
    this.stack = stack;
  }

  /** Begins to measure. */
  static ProcessUsage of(LocalStack stack) {
    ProcessUsage usage = new ProcessUsage(stack);
    usage.sample();
    usage.before.putAll(usage.latest);
    var unused =
        usage.sampler.scheduleAtFixedRate(
            usage::sample, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    return usage;
  }

  /** Processor time of all processes since the beginning. */
  synchronized Duration cpu() {
    sample();
    long ticks = 0;
    for (Map.Entry<Long, Long> process : latest.entrySet()) {
      ticks += process.getValue() - before.getOrDefault(process.getKey(), 0L);
    }
    return Duration.ofNanos(Math.round(ticks / TICKS_A_SECOND * NANOS));
  }

  /** The most memory all processes together had at a sample; what several share counts once. */
  synchronized long peakBytes() {
    return peakBytes;
  }

  @Override
  public void close() {
    sampler.shutdownNow();
  }

  private synchronized void sample() {
    long bytes = 0;
    for (ProcessHandle process : processes()) {
      bytes += look(process.pid());
    }
    peakBytes = Math.max(peakBytes, bytes);
  }

  /** Notes the process's time; its memory in bytes. */
  private long look(long pid) {
    Path directory = Path.of("/proc", Long.toString(pid));
    try {
      latest.put(pid, ticks(Files.readString(directory.resolve("stat"))));
      return memory(directory);
    } catch (IOException e) {
      // why nothing: it ended between the two looks
      return 0;
    }
  }

  private List<ProcessHandle> processes() {
    return stack.processes().stream()
        .flatMap(process -> process.pid().stream().boxed())
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .toList();
  }

  private static long ticks(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    // why without the children it has waited for: those were seen while they lived
    return Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]);
  }

  private static long memory(Path directory) throws IOException {
    try (Stream<String> lines = Files.lines(directory.resolve("smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KILOBYTE)
          .sum();
    }
  }
}
