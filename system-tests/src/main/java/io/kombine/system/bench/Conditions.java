package io.kombine.system.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Under which conditions figures were taken; without them they mean little. */
final class Conditions {

  private Conditions() {}

  static String describe(int batches, int cap) {
    return """
    fanout-chain: %d batches × (3 sources × 2 prompts → 6 images, each → 2 videos) = %d steps
    caps: %d images and %d videos at once
    %s\
    """
        .formatted(batches, batches * FanoutChainRun.STEPS, cap, cap, machine());
  }

  /** The machine and its JVM, two lines. */
  static String machine() {
    return """
    machine: %d cores (%s), load before %s, %s %s
    JVM: %s %s
    """
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            processor(),
            load(),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("java.vm.name"),
            System.getProperty("java.vm.version"));
  }

  private static String processor() {
    return find(Path.of("/proc/cpuinfo"), "model name")
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .orElse(System.getProperty("os.arch"));
  }

  private static String load() {
    return find(Path.of("/proc/loadavg"), "").map(line -> line.split(" ")[0]).orElse("unknown");
  }

  private static Optional<String> find(Path file, String prefix) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> line.startsWith(prefix)).findFirst();
    } catch (IOException e) {
      // why nothing: a system without /proc
      return Optional.empty();
    }
  }
}
