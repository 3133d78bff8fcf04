package io.kombine.system.bench;

import io.kombine.system.ProviderCalls;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a run measured.
 *
 * @param stepsDone from the first submit to the end of the last provider call
 * @param delivered from the first submit to the end of the last batch, its files delivered
 * @param cpu of all processes of the system
 * @param peakBytes of memory of all processes together
 * @param submits how long each submit took
 */
record Figures(
    int batches,
    Duration stepsDone,
    Duration delivered,
    Duration cpu,
    long peakBytes,
    List<Duration> submits,
    ProviderCalls calls) {

  private static final double MEGABYTE = 1024.0 * 1024;

  Figures {
    submits = submits.stream().sorted().toList();
  }

  /** The figures beside the least time that any system could take. */
  String describe(int cap, double imageSeconds, double videoSeconds) {
    int steps = batches * FanoutChainRun.STEPS;
    double makespan = seconds(stepsDone);
    double images = batches * FanoutChainRun.IMAGES * imageSeconds / cap;
    double videos = batches * FanoutChainRun.VIDEOS * videoSeconds / cap;
    double path = imageSeconds + videoSeconds;
    double least = Math.max(path, Math.max(images, videos));
    StringBuilder text = new StringBuilder();
    line(
        text,
        "steps/s",
        "%.1f (until the last step), %.1f (until all is delivered)",
        steps / makespan,
        steps / seconds(delivered));
    line(text, "CPU", "%.2f s a 1,000 steps", seconds(cpu) * 1000 / steps);
    line(text, "peak memory", "%.0f MB over all processes", peakBytes / MEGABYTE);
    line(text, "submit", "p50 %.0f ms, p99 %.0f ms", millis(0.50), millis(0.99));
    line(
        text,
        "makespan",
        "%.2f s to the last step, %.2f s to the last file",
        makespan,
        seconds(delivered));
    if (least > 0) {
      line(
          text,
          "least possible",
          "%.2f s = max(images %.2f, videos %.2f, critical path %.2f)",
          least,
          images,
          videos,
          path);
      line(text, "ratio", "%.2f", makespan / least);
    }
    line(
        text,
        "most at once",
        "%d images, %d videos (cap %d)",
        calls.of("i2i").mostAtOnce(),
        calls.of("i2v").mostAtOnce(),
        cap);
    line(text, "calls", "%d for %d steps", calls.calls().size(), steps);
    return text.toString();
  }

  private double millis(double share) {
    int rank = (int) Math.ceil(share * submits.size());
    return submits.get(Math.max(0, rank - 1)).toNanos() / 1e6;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static void line(StringBuilder text, String name, String format, Object... values) {
    text.append("  %-15s %s%n".formatted(name, String.format(Locale.ROOT, format, values)));
  }
}
