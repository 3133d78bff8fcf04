package io.kombine.batch.delivery;

import io.kombine.contracts.DeliveryState;
import org.jspecify.annotations.Nullable;

/** A change of a batch's counts of files. */
record FileCounts(int files, int delivered, int failed) {

  static final FileCounts NONE = new FileCounts(0, 0, 0);

  /** From one state to another; from nothing where the file is new. */
  FileCounts moved(@Nullable DeliveryState from, DeliveryState to) {
    return new FileCounts(
        files + (from == null ? 1 : 0),
        delivered + count(to, DeliveryState.DELIVERED) - count(from, DeliveryState.DELIVERED),
        failed + count(to, DeliveryState.FAILED) - count(from, DeliveryState.FAILED));
  }

  private static int count(@Nullable DeliveryState state, DeliveryState of) {
    return state == of ? 1 : 0;
  }
}
