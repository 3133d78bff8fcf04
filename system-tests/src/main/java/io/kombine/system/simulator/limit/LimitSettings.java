package io.kombine.system.simulator.limit;

import org.jspecify.annotations.Nullable;

/**
 * What one key of a vendor may do.
 *
 * @param requests how many paid calls in a window, or for Drive quota units; 1 to 1 000 000
 * @param windowMs length of the sliding window; 1 to 86 400 000
 * @param concurrency calls at once, for polled vendors tasks at once; 1 to 10 000
 * @param retryHint whether a 429 says when to come back, where the vendor can
 */
public record LimitSettings(int requests, long windowMs, int concurrency, boolean retryHint) {

  private static final int MAX_REQUESTS = 1_000_000;
  private static final long MAX_WINDOW_MS = 86_400_000;
  private static final int MAX_CONCURRENCY = 10_000;

  /** Checks the bounds. */
  public LimitSettings {
    check("requests", requests, MAX_REQUESTS);
    check("window_ms", windowMs, MAX_WINDOW_MS);
    check("concurrency", concurrency, MAX_CONCURRENCY);
  }

  /** Only what is named changes. */
  public LimitSettings changed(
      @Nullable Integer newRequests,
      @Nullable Long newWindowMs,
      @Nullable Integer newConcurrency,
      @Nullable Boolean newRetryHint) {
    return new LimitSettings(
        newRequests == null ? requests : newRequests,
        newWindowMs == null ? windowMs : newWindowMs,
        newConcurrency == null ? concurrency : newConcurrency,
        newRetryHint == null ? retryHint : newRetryHint);
  }

  private static void check(String name, long value, long high) {
    if (value < 1 || value > high) {
      throw new IllegalArgumentException(name + " is from 1 to " + high + ", not " + value);
    }
  }
}
