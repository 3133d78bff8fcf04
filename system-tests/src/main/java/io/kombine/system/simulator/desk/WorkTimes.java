package io.kombine.system.simulator.desk;

import io.kombine.system.simulator.call.ApiCall;
import io.kombine.system.simulator.call.Vendor;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/** How long a vendor works on a call, spread evenly over a range. Thread-safe. */
public final class WorkTimes {

  private final Map<Vendor, Range> ranges;

  /**
   * A range of times.
   *
   * @param minMs 0 to 3 600 000
   * @param maxMs at least {@code minMs}, at most 3 600 000
   */
  public record Range(long minMs, long maxMs) {

    private static final long MAX_MS = 3_600_000;

    /** Checks the bounds. */
    public Range {
      if (minMs < 0 || maxMs < minMs || maxMs > MAX_MS) {
        throw new IllegalArgumentException(
            "work takes from 0 to " + MAX_MS + " ms, not " + minMs + " to " + maxMs);
      }
    }
  }

  /** With a range for every vendor. */
  public WorkTimes(Map<Vendor, Range> ranges) {
    this.ranges = new ConcurrentHashMap<>(ranges);
  }

  /** Changes a vendor's range, for calls from now on. */
  public void set(Vendor vendor, Range range) {
    ranges.put(vendor, range);
  }

  /** A vendor's range. */
  public Range range(Vendor vendor) {
    return Objects.requireNonNull(ranges.get(vendor));
  }

  Duration of(ApiCall call) {
    Range range = range(call.vendor());
    SplittableRandom random = new SplittableRandom(call.fingerprint().hashCode());
    return Duration.ofMillis(random.nextLong(range.minMs(), range.maxMs() + 1));
  }
}
