package io.kombine.system.simulator.limit;

/**
 * How one key kept to its limits.
 *
 * @param admitted paid calls that came through the limits
 * @param tooMany 429s for the window
 * @param tooManyAtOnce 429s for the concurrency
 * @param maxAtOnce most calls or tasks that ever went on at once
 * @param maxAdmittedInWindow most that a window ever let in
 * @param maxArrivedInWindow most that ever knocked in one window, those sent away included
 */
public record KeyStats(
    String vendor,
    String keyId,
    long admitted,
    long tooMany,
    long tooManyAtOnce,
    int maxAtOnce,
    int atOnce,
    long maxAdmittedInWindow,
    long maxArrivedInWindow,
    int limitRequests,
    long limitWindowMs,
    int limitConcurrency) {

  /** 429s given, for whatever limit. */
  public long violations() {
    return tooMany + tooManyAtOnce;
  }
}
