package io.kombine.system.bench;

import io.kombine.system.ProviderCalls;
import io.kombine.system.SlideshowOrder;
import io.kombine.system.bench.SlideshowRun.Seen;
import io.kombine.system.simulator.Simulator;
import io.kombine.system.simulator.drive.DriveEntry;
import io.kombine.system.simulator.limit.KeyStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a run of {@code slideshow} measured, against what was asked for. */
final class SlideshowFigures {

  private static final Duration MOST = Duration.ofMinutes(30);
  private static final double LEAST_USE = 0.9;

  private final Seen seen;
  private final Simulator simulator;
  private final int textPerMinute;
  private final Set<String> tree;
  private final StringBuilder text = new StringBuilder();
  private boolean met = true;

  /**
   * @param tree every path that was delivered, below the batch's folder
   */
  SlideshowFigures(Seen seen, Simulator simulator, int textPerMinute, Set<String> tree) {
    this.seen = seen;
    this.simulator = simulator;
    this.textPerMinute = textPerMinute;
    this.tree = tree;
    describe();
  }

  /** Whether every bar was met. */
  boolean met() {
    return met;
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private void describe() {
    SlideshowOrder order = seen.order();
    Duration makespan = Duration.between(seen.begin(), seen.end());
    int analyses = order.links() * order.variations();
    double least = (analyses - 1) * 60.0 / textPerMinute;
    line("ended", "%s, %s of %d steps done", word("status"), word("completed"), order.steps());
    bar(
        "makespan",
        makespan.compareTo(MOST) < 0 && word("status").equals("COMPLETED"),
        "%.0f s (bar: 1800 s); the text limit alone takes %.0f s: ratio %.2f",
        seconds(makespan),
        least,
        seconds(makespan) / Math.max(1, least));
    List<Instant> texts =
        seen.calls().of("analysis").calls().stream().map(ProviderCalls.Call::begin).toList();
    double used =
        texts.size() < 2
            ? 0
            : (texts.size() - 1)
                / Math.max(0.001, seconds(Duration.between(texts.getFirst(), texts.getLast())))
                * 60
                / textPerMinute;
    bar(
        "text rate used",
        used >= LEAST_USE,
        "%.1f %% of %d calls a minute, over %d calls (bar: 90 %%)",
        used * 100,
        textPerMinute,
        texts.size());
    long violations = simulator.stats().violations();
    bar("rate-limit failures", violations == 0, "%d (bar: 0)", violations);
    for (KeyStats key : simulator.stats().keys()) {
      line(
          "  " + key.vendor(),
          "%d calls, most in a window %d of %d, most at once %d",
          key.admitted(),
          key.maxAdmittedInWindow(),
          key.limitRequests(),
          key.maxAtOnce());
    }
    line(
        "  most at once",
        "%d analyses, %d images",
        seen.calls().of("analysis").mostAtOnce(),
        seen.calls().of("i2i").mostAtOnce());
    Set<String> missing = new TreeSet<>(order.tree());
    missing.removeAll(tree);
    Set<String> more = new TreeSet<>(tree);
    more.removeAll(order.tree());
    bar(
        "tree",
        missing.isEmpty() && more.isEmpty(),
        "%d files; missing %d, too many %d",
        tree.size(),
        missing.size(),
        more.size());
    bar("links at once", seen.mostLinks() <= 5, "%d at most (bar: 5)", seen.mostLinks());
    EtaSamples eta = seen.eta();
    bar("progress", eta.isMonotone(), eta.isMonotone() ? "never fell" : "fell");
    int held = eta.held(seen.end());
    bar(
        "ETA's P90",
        eta.judged() > 0 && held >= Math.ceil(0.9 * eta.judged()),
        "held in %d of %d looks from %d %% on; worst %d s too early; P50 off by %.0f %% of the rest",
        held,
        eta.judged(),
        EtaSamples.FROM_PERCENT,
        eta.worstShortfallSeconds(seen.end()),
        eta.meanMedianError(seen.end()) * 100);
    text.append(eta.course(seen.end()));
  }

  private String word(String field) {
    return seen.status().path(field).asString(seen.status().path(field).toString());
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private void bar(String name, boolean holds, String format, Object... values) {
    met &= holds;
    line(name, (holds ? "yes  " : "NO   ") + format, values);
  }

  private void line(String name, String format, Object... values) {
    text.append("  %-20s %s%n".formatted(name, String.format(Locale.ROOT, format, values)));
  }

  /** What lies in the simulator's Drive below the batch's folder, without the manifest. */
  static Set<String> driveTree(Simulator simulator) {
    Set<String> paths = new TreeSet<>();
    for (DriveEntry entry : simulator.driveTree()) {
      int batch = entry.path().indexOf("/TikTok Batch [");
      int below = batch < 0 ? -1 : entry.path().indexOf('/', batch + 1);
      if (below > 0 && !entry.sha256().isEmpty()) {
        paths.add(entry.path().substring(below + 1));
      }
    }
    paths.remove("manifest.json");
    return paths;
  }

  /** What lies in a local folder below the batch's, without the manifest. */
  static Set<String> folderTree(Path drive) throws IOException {
    Set<String> paths = new TreeSet<>();
    try (Stream<Path> files = Files.walk(drive)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path path = drive.relativize(file);
        if (path.startsWith(".kombine-incoming") || path.getNameCount() < 2) {
          continue;
        }
        paths.add(path.subpath(1, path.getNameCount()).toString());
      }
    }
    paths.remove("manifest.json");
    return paths;
  }
}
