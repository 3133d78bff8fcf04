package io.kombine.worker.limit;

import java.time.Duration;
import java.time.Instant;

/**
 * Follows a provider that asks for pauses (429). The first pushes all calls of the account back; a
 * further one soon after that pause halves the rate too, at most {@value #MOST_HALVINGS} times.
 * After a quiet time the rate is doubled again, once for each such time. Pure.
 */
final class PaceRule {

  static final int MOST_HALVINGS = 4;

  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
  private static final Duration LEAST_QUIET = Duration.ofMinutes(1);

  private PaceRule() {}

  static Pace pushed(Pace pace, Duration pause, Duration window, Instant now) {
    Instant asked = now.plus(bounded(pause));
    Instant before = pace.notBefore();
    if (before != null && now.isBefore(before)) {
      // why not counted: it was under way when the first pause was asked for
      return new Pace(
          before.isAfter(asked) ? before : asked, now, pace.halvings(), pace.slowUntil());
    }
    Duration quiet = quiet(window);
    boolean again = before != null && now.isBefore(before.plus(quiet));
    int halvings = halvings(pace, window, now);
    return again
        ? new Pace(asked, now, Math.min(halvings + 1, MOST_HALVINGS), asked.plus(quiet))
        : new Pace(asked, now, halvings, pace.slowUntil());
  }

  static int halvings(Pace pace, Duration window, Instant now) {
    Instant until = pace.slowUntil();
    if (until == null || now.isBefore(until)) {
      return pace.halvings();
    }
    long doublings = 1 + Duration.between(until, now).dividedBy(quiet(window));
    return (int) Math.max(0, pace.halvings() - doublings);
  }

  static Duration bounded(Duration pause) {
    if (pause.compareTo(LONGEST_PAUSE) > 0) {
      return LONGEST_PAUSE;
    }
    return pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause;
  }

  private static Duration quiet(Duration window) {
    return window.compareTo(LEAST_QUIET) < 0 ? LEAST_QUIET : window;
  }
}
