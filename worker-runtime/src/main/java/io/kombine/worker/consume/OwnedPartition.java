package io.kombine.worker.consume;

import org.apache.kafka.common.TopicPartition;

/**
 * A partition from its assignment to its revocation. Assigned again it is another object, so what a
 * task of the former assignment finishes late never counts for the new one.
 */
final class OwnedPartition {

  private static final long NOTHING = -1;

  private final TopicPartition partition;
  private final OffsetTracker offsets;
  private volatile boolean revoked;
  private volatile long committed = NOTHING;
  private boolean spanReached;

  OwnedPartition(TopicPartition partition, int maxSpan) {
    this.partition = partition;
    this.offsets = new OffsetTracker(maxSpan);
  }

  TopicPartition partition() {
    return partition;
  }

  OffsetTracker offsets() {
    return offsets;
  }

  void revoke() {
    revoked = true;
  }

  boolean revoked() {
    return revoked;
  }

  /** The last offset that the broker has acknowledged, or a negative number. */
  long committed() {
    return committed;
  }

  void committed(long offset) {
    committed = Math.max(committed, offset);
  }

  /**
   * Whether the span is used up: from the refusal of a record until half of it is free, so that a
   * partition does not stop and go with each record. For the consumer thread only.
   */
  boolean spanReached(int maxSpan) {
    spanReached = offsets.span() >= maxSpan || (spanReached && offsets.span() > maxSpan / 2);
    return spanReached;
  }

  void spanRefused() {
    spanReached = true;
  }
}
