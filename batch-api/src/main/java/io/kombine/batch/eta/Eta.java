package io.kombine.batch.eta;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * How long the rest will take, in whole seconds: half of all such batches are done by the first,
 * nine in ten by the second.
 *
 * <p>Stages work at once, each on what the one before it hands over. So the slowest one decides,
 * and each other adds one call: the first before the slowest has work, or the last after it.
 */
record Eta(long p50Seconds, long p90Seconds) {

  /** Nothing where nothing is left to do. */
  static Optional<Eta> of(Collection<Remaining> stages) {
    Optional<Remaining> slowest = stages.stream().max(Comparator.comparing(Remaining::median));
    return slowest.map(slow -> {
      double median = slow.median();
      double variance = slow.spread() * slow.spread();
      for (Remaining other : stages) {
        if (!other.equals(slow)) {
          double spread = Math.max(0, other.p90Seconds() - other.p50Seconds());
          median += other.p50Seconds();
          variance += spread * spread;
        }
      }
      return new Eta(seconds(median), seconds(median + Math.sqrt(variance)));
    });
  }

  /** Whether the difference is worth telling: a tenth of it, and two seconds at least. */
  boolean isFarFrom(long otherP50, long otherP90) {
    return far(p50Seconds, otherP50) || far(p90Seconds, otherP90);
  }

  private static boolean far(long one, long other) {
    return Math.abs(one - other) >= Math.max(2, Math.max(one, other) / 10);
  }

  private static long seconds(double seconds) {
    return (long) Math.ceil(seconds);
  }
}
