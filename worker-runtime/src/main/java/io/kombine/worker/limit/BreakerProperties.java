package io.kombine.worker.limit;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When an account's circuit breaker opens and for how long.
 *
 * @param failures calls in a row, of different steps, that fail in a way that may pass; 2 to 1,000,
 *     5 by default. The last of them opens the breaker
 * @param firstPause until the first probe; 100 ms to 1 h, 10 s by default, doubled by each probe
 *     that fails
 * @param longestPause between probes; 100 ms to 1 day, 5 min by default
 * @param refusedPause until the probe after the provider refused to authenticate or to bill; 1 s to
 *     1 day, 10 min by default. An operator may resume the account earlier
 */
record BreakerProperties(
    @DefaultValue("5") @Min(2) @Max(1_000) int failures,
    @DefaultValue("10s") @DurationMin(millis = 100) @DurationMax(hours = 1) Duration firstPause,
    @DefaultValue("5m") @DurationMin(millis = 100) @DurationMax(days = 1) Duration longestPause,
    @DefaultValue("10m") @DurationMin(seconds = 1) @DurationMax(days = 1) Duration refusedPause) {

  private static final int MOST_DOUBLINGS = 20;

  /**
   * @param opens probes that have failed since it was closed
   */
  Duration pauseAfter(int opens) {
    Duration grown = firstPause.multipliedBy(1L << Math.min(opens, MOST_DOUBLINGS));
    return grown.compareTo(longestPause) > 0 ? longestPause : grown;
  }
}
