package io.kombine.system.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a batch's status has said of its end, looked at every few seconds. Not thread-safe. */
final class EtaSamples {

  /** From this progress on predictions are held to account. */
  static final int FROM_PERCENT = 20;

  private record Sample(
      Instant at, int percent, @Nullable Long p50Seconds, @Nullable Long p90Seconds) {}

  private final List<Sample> samples = new ArrayList<>();

  void add(Instant at, JsonNode status) {
    JsonNode eta = status.path("eta");
    samples.add(
        new Sample(
            at,
            status.path("percent").asInt(),
            seconds(eta.path("p50_seconds")),
            seconds(eta.path("p90_seconds"))));
  }

  private static @Nullable Long seconds(JsonNode node) {
    return node.isNumber() ? node.asLong() : null;
  }

  /** Whether the percentage never fell. */
  boolean isMonotone() {
    for (int i = 1; i < samples.size(); i++) {
      if (samples.get(i).percent() < samples.get(i - 1).percent()) {
        return false;
      }
    }
    return true;
  }

  /** Predictions that count. */
  int judged() {
    return (int) late().count();
  }

  /** Predictions whose P90 was not before the end. */
  int held(Instant end) {
    return (int) late().filter(sample -> error(sample, end, true) >= 0).count();
  }

  /** The most seconds by which a P90 lay before the end; 0 where none did. */
  long worstShortfallSeconds(Instant end) {
    return late().mapToLong(sample -> Math.max(0, -error(sample, end, true))).max().orElse(0);
  }

  /** How far medians lay from the end, in parts of the time that was left, on average. */
  double meanMedianError(Instant end) {
    return late()
        .mapToDouble(sample -> {
          double left = Math.max(1, Duration.between(sample.at(), end).toSeconds());
          return Math.abs(error(sample, end, false)) / left;
        })
        .average()
        .orElse(0);
  }

  private Stream<Sample> late() {
    return samples.stream()
        .filter(sample -> sample.percent() >= FROM_PERCENT && sample.p90Seconds() != null);
  }

  /** Seconds by which the prediction lies after the end. */
  private static long error(Sample sample, Instant end, boolean p90) {
    Long seconds = p90 ? sample.p90Seconds() : sample.p50Seconds();
    return (seconds == null ? 0 : seconds) - Duration.between(sample.at(), end).toSeconds();
  }

  /** A line for each tenth of the way. */
  String course(Instant end) {
    StringBuilder course = new StringBuilder();
    int next = 0;
    for (Sample sample : samples) {
      if (sample.percent() >= next) {
        course.append(
            "    %3d %%: %4d s left in truth, P50 %s s, P90 %s s%n"
                .formatted(
                    sample.percent(),
                    Duration.between(sample.at(), end).toSeconds(),
                    sample.p50Seconds(),
                    sample.p90Seconds()));
        next = sample.percent() - sample.percent() % 10 + 10;
      }
    }
    return course.toString();
  }
}
