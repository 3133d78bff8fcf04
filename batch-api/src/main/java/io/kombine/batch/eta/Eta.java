package io.kombine.batch.eta;

import java.util.Collection;
import java.util.Optional;

/**
 * How long the rest will take, in whole seconds: half of all such batches are done by the first,
 * nine in ten by the second.
 *
 * <p>Stages work at once, each on what the one before it hands over. So one of them decides, and
 * each other adds one call: the first before it has work, or the last after it. Whichever would
 * take longest is taken, for either number: so with the same calls and places, less to do never
 * takes longer, and no estimate jumps up where another stage comes to decide.
 */
record Eta(long p50Seconds, long p90Seconds) {

  /** Nothing where nothing is left to do. */
  static Optional<Eta> of(Collection<Remaining> stages) {
    if (stages.isEmpty()) {
      return Optional.empty();
    }
    double longest = 0;
    double longestOfNine = 0;
    for (Remaining deciding : stages) {
      double median = deciding.median();
      double variance = deciding.spread() * deciding.spread();
      for (Remaining other : stages) {
        if (!other.equals(deciding)) {
          double spread = Math.max(0, other.p90Seconds() - other.p50Seconds());
          median += other.p50Seconds();
          variance += spread * spread;
        }
      }
      longest = Math.max(longest, median);
      longestOfNine = Math.max(longestOfNine, median + Math.sqrt(variance));
    }
    return Optional.of(new Eta(seconds(longest), seconds(longestOfNine)));
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
