package io.kombine.worker.provider.local;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Counts calls in each minute of the clock. Thread-safe. */
final class CallsPerMinute {

  private final int limit;
  private final Clock clock;
  private Instant minute = Instant.MIN;
  private int taken;

  /**
   * @param limit 0 for none
   */
  CallsPerMinute(int limit, Clock clock) {
    this.limit = limit;
    this.clock = clock;
  }

  /** Takes a call, or says how long to wait; zero means that it is taken. */
  synchronized Duration take() {
    if (limit == 0) {
      return Duration.ZERO;
    }
    Instant now = clock.instant();
    Instant current = now.truncatedTo(ChronoUnit.MINUTES);
    if (!current.equals(minute)) {
      minute = current;
      taken = 0;
    }
    if (taken == limit) {
      return Duration.between(now, current.plus(1, ChronoUnit.MINUTES));
    }
    taken++;
    return Duration.ZERO;
  }
}
