package io.kombine.worker.limit;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Until when this process need not ask for an account again. One entry an account that has made
 * steps wait. Thread-safe.
 */
final class Remembered {

  private static final Duration WIDEST_SPREAD = Duration.ofSeconds(1);
  private static final Duration LEAST_SPREAD = Duration.ofMillis(20);

  private record Wait(long untilNanos, Duration spread) {}

  private final Map<String, Wait> waits = new ConcurrentHashMap<>();
  private final RandomGenerator random;

  Remembered(RandomGenerator random) {
    this.random = random;
  }

  void wait(String account, Duration pause, Duration spacing) {
    waits.put(account, new Wait(System.nanoTime() + pause.toNanos(), spread(spacing)));
  }

  void forget(String account) {
    waits.remove(account);
  }

  /** Zero, or a little more than what is left, so that the waiting don't all come at once. */
  Duration pause(String account) {
    Wait wait = waits.get(account);
    if (wait == null) {
      return Duration.ZERO;
    }
    long left = wait.untilNanos() - System.nanoTime();
    return left <= 0 ? Duration.ZERO : spread(Duration.ofNanos(left), wait.spread());
  }

  /** Up to half the time between two tokens later. */
  Duration scattered(Duration pause, Duration spacing) {
    return spread(pause, spread(spacing));
  }

  private Duration spread(Duration pause, Duration spread) {
    return pause.plusNanos(random.nextLong(spread.toNanos()));
  }

  private static Duration spread(Duration spacing) {
    Duration half = spacing.dividedBy(2);
    if (half.compareTo(WIDEST_SPREAD) > 0) {
      return WIDEST_SPREAD;
    }
    return half.compareTo(LEAST_SPREAD) < 0 ? LEAST_SPREAD : half;
  }
}
