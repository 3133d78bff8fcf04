package io.kombine.worker.consume;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of each capped consumer of a process.
 *
 * @param intake records held without a permit (waiting, parked, or past their permit); default
 *     2,000, from 1 to 100,000. At the limit all partitions pause, until half of it is free
 * @param span offsets of one partition from its lowest unfinished record to its last taken; default
 *     10,000, from 1 to 1,000,000. At the limit that partition pauses, until half of it is free
 * @param revocationWait how long a rebalance waits for running calls of partitions that go; default
 *     2 s, from 0 to 20 s. Then they run on, and their records are delivered again elsewhere
 * @param drainTimeout how long a shutdown waits for running calls; default 25 s, from 0 to 10 min.
 *     Then their records stay uncommitted and are delivered again
 * @param retryPause first pause after a handler threw; default 1 s, from 10 ms to 1 min. It doubles
 *     with each failure in a row
 * @param maxRetryPause longest such pause; default 1 min, from the first pause to 10 min
 * @param truncateInterval how often the topic's log is deleted below the committed offsets; default
 *     10 min, from 1 s to 1 day
 */
@Validated
@ConfigurationProperties("kombine.consume")
public record ConsumeProperties(
    @DefaultValue("2000") @Min(1) @Max(100_000) int intake,
    @DefaultValue("10000") @Min(1) @Max(1_000_000) int span,
    @DefaultValue("2s") Duration revocationWait,
    @DefaultValue("25s") Duration drainTimeout,
    @DefaultValue("1s") Duration retryPause,
    @DefaultValue("1m") Duration maxRetryPause,
    @DefaultValue("10m") Duration truncateInterval) {

  private static final int MAX_DOUBLINGS = 16;

  /** The pause after so many failures in a row, from 1. */
  Duration pauseAfter(int failures) {
    Duration pause = retryPause.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
    return pause.compareTo(maxRetryPause) > 0 ? maxRetryPause : pause;
  }

  @AssertTrue(message = "revocation-wait must be from 0s to 20s")
  boolean isRevocationWaitInBounds() {
    return within(revocationWait, Duration.ZERO, Duration.ofSeconds(20));
  }

  @AssertTrue(message = "drain-timeout must be from 0s to 10m")
  boolean isDrainTimeoutInBounds() {
    return within(drainTimeout, Duration.ZERO, Duration.ofMinutes(10));
  }

  @AssertTrue(message = "retry-pause must be from 10ms to 1m")
  boolean isRetryPauseInBounds() {
    return within(retryPause, Duration.ofMillis(10), Duration.ofMinutes(1));
  }

  @AssertTrue(message = "max-retry-pause must be from retry-pause to 10m")
  boolean isMaxRetryPauseInBounds() {
    return within(maxRetryPause, retryPause, Duration.ofMinutes(10));
  }

  @AssertTrue(message = "truncate-interval must be from 1s to 1d")
  boolean isTruncateIntervalInBounds() {
    return within(truncateInterval, Duration.ofSeconds(1), Duration.ofDays(1));
  }

  private static boolean within(Duration value, Duration least, Duration most) {
    return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
  }
}
