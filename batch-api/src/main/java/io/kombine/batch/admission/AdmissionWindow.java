package io.kombine.batch.admission;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many steps of a stage may be queued or running at once: a small multiple of the cap, so that
 * the queue holds about half a second of work and no more than moments of it (design §4.2). Pure.
 */
final class AdmissionWindow {

  static final int LEAST_MULTIPLE = 2;
  static final int GREATEST_MULTIPLE = 16;

  private static final double SECONDS_OF_WORK = 0.5;

  private AdmissionWindow() {}

  /**
   * @param cap the most calls of the stage at once
   * @param meanCall how long its calls take; null where none was seen, which counts as long
   */
  static int size(int cap, @Nullable Duration meanCall) {
    if (meanCall == null) {
      return cap * LEAST_MULTIPLE;
    }
    double queued = cap * SECONDS_OF_WORK / Math.max(meanCall.toNanos() / 1e9, 1e-6);
    return (int)
        Math.clamp(
            Math.ceil(cap + queued),
            (double) cap * LEAST_MULTIPLE,
            (double) cap * GREATEST_MULTIPLE);
  }
}
