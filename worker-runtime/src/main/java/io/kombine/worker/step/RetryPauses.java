package io.kombine.worker.step;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with jitter: between half and the whole of {@code first × 2^(attempt-1)}, at
 * most {@code longest}. The jitter keeps steps that failed together from coming back together.
 */
final class RetryPauses {

  private static final int MOST_DOUBLINGS = 30;

  private final RetryProperties properties;
  private final RandomGenerator random;

  RetryPauses(RetryProperties properties, RandomGenerator random) {
    this.properties = properties;
    this.random = random;
  }

  /**
   * @param attempt the try that has failed, from 1
   */
  Duration after(int attempt) {
    double grown =
        properties.first().toNanos() * Math.pow(2, Math.min(attempt - 1, MOST_DOUBLINGS));
    double most = Math.min(grown, properties.longest().toNanos());
    return Duration.ofNanos((long) (most * (0.5 + random.nextDouble() / 2)));
  }
}
