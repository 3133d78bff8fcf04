package io.kombine.gateway.status;

import java.util.BitSet;

/**
 * Which steps of one batch were mentioned at which offsets, over the recent past: what a client
 * that read up to some offset has to be told again. Every mention counts, also of what was known
 * already, because a client of another replica may not know it. Bounded; the oldest mentions give
 * way. Not thread-safe.
 */
final class ChangeRing {

  /** Stands for the batch itself instead of a step's ordinal. */
  static final int BATCH = -1;

  private final long[] offsets;
  private final int[] ordinals;
  private int size;
  private int next;
  private long completeFrom;

  /**
   * @param capacity mentions kept
   * @param completeFrom the first offset whose mention would be kept
   */
  ChangeRing(int capacity, long completeFrom) {
    this.offsets = new long[capacity];
    this.ordinals = new int[capacity];
    this.completeFrom = completeFrom;
  }

  /** Notes a mention; offsets must not fall. */
  void add(long offset, int ordinal) {
    if (size == offsets.length) {
      completeFrom = offsets[next] + 1;
    } else {
      size++;
    }
    offsets[next] = offset;
    ordinals[next] = ordinal;
    next = (next + 1) % offsets.length;
  }

  /** Whether everything mentioned at {@code offset} or later is still here. */
  boolean coversFrom(long offset) {
    return offset >= completeFrom;
  }

  /** The ordinals of the steps mentioned at {@code offset} or later. */
  BitSet stepsFrom(long offset) {
    BitSet steps = new BitSet();
    for (int i = 0; i < size; i++) {
      int at = Math.floorMod(next - 1 - i, offsets.length);
      if (offsets[at] < offset) {
        break;
      }
      if (ordinals[at] != BATCH) {
        steps.set(ordinals[at]);
      }
    }
    return steps;
  }
}
