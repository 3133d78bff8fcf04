package io.kombine.system.simulator.limit;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What happened in the last stretch of time, to the microsecond: something of time {@code t} counts
 * until {@code t + window}. Not thread-safe. Remembers at most {@value #MAX_ENTRIES} happenings;
 * the oldest are forgotten beyond that.
 */
final class SlidingWindow {

  static final int MAX_ENTRIES = 1_000_000;

  private final Deque<Entry> entries = new ArrayDeque<>();
  private long sum;
  private long maxSum;

  private record Entry(Instant at, int weight) {}

  /** The sum at this time. */
  long sum(Instant now, long windowMs) {
    while (!entries.isEmpty() && !entries.getFirst().at.plusMillis(windowMs).isAfter(now)) {
      sum -= entries.removeFirst().weight;
    }
    return sum;
  }

  void add(Instant now, int weight, long windowMs) {
    if (entries.size() == MAX_ENTRIES) {
      sum -= entries.removeFirst().weight;
    }
    entries.addLast(new Entry(now, weight));
    sum += weight;
    maxSum = Math.max(maxSum, sum(now, windowMs));
  }

  /** When so much will fit again under the limit. */
  Instant fits(Instant now, int weight, long limit, long windowMs) {
    long left = sum(now, windowMs);
    for (Entry entry : entries) {
      if (left + weight <= limit) {
        return now;
      }
      left -= entry.weight;
      if (left + weight <= limit) {
        return entry.at.plusMillis(windowMs);
      }
    }
    return now;
  }

  /** The largest sum there has been. */
  long maxSum() {
    return maxSum;
  }
}
