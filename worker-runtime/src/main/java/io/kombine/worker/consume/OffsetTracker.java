package io.kombine.worker.consume;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Which offset of one partition may be committed while its records finish in any order: the lowest
 * unfinished one, or the one behind the last taken where all have finished.
 *
 * <p>The span from the lowest unfinished offset to the last taken never exceeds its limit, which
 * bounds both memory and what is handled again after a crash. Offsets may have gaps. Thread-safe.
 */
final class OffsetTracker {

  private static final long NONE = -1;

  private final int maxSpan;
  private final TreeMap<Long, Long> timestampsOfUnfinished = new TreeMap<>();
  private long next = NONE;

  OffsetTracker(int maxSpan) {
    this.maxSpan = maxSpan;
  }

  /** Whether the record was taken before, since the partition was assigned. */
  synchronized boolean knows(long offset) {
    return offset < next;
  }

  /** Whether taking the record keeps the span within its limit. */
  synchronized boolean admits(long offset) {
    return timestampsOfUnfinished.isEmpty() || offset - timestampsOfUnfinished.firstKey() < maxSpan;
  }

  /** Takes a record, unfinished. Offsets are taken in ascending order. */
  synchronized void take(long offset, long timestamp) {
    if (knows(offset) || !admits(offset)) {
      throw new IllegalArgumentException("offset " + offset + " cannot be taken, next is " + next);
    }
    timestampsOfUnfinished.put(offset, timestamp);
    next = offset + 1;
  }

  /** Everything that follows from the record is done; a second time changes nothing. */
  synchronized void finish(long offset) {
    timestampsOfUnfinished.remove(offset);
  }

  /** Where the group goes on after a crash; empty before the first record. */
  synchronized OptionalLong committable() {
    if (next == NONE) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        timestampsOfUnfinished.isEmpty() ? next : timestampsOfUnfinished.firstKey());
  }

  /**
   * Offsets from the lowest unfinished one to the last taken, both counted; 0 when all finished.
   */
  synchronized long span() {
    return timestampsOfUnfinished.isEmpty() ? 0 : next - timestampsOfUnfinished.firstKey();
  }

  /** Timestamp (epoch milliseconds) of the lowest unfinished record. */
  synchronized OptionalLong oldestTimestamp() {
    Map.Entry<Long, Long> lowest = timestampsOfUnfinished.firstEntry();
    return lowest == null ? OptionalLong.empty() : OptionalLong.of(lowest.getValue());
  }
}
