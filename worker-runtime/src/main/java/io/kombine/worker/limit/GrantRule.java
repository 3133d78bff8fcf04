package io.kombine.worker.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a call may begin. Pure.
 *
 * <p>The rate is a sliding log: a token counts for a {@link AccountLimit#period() period}, which is
 * the window and the margin, from its grant on, and at most so many as the limit count at once. A
 * call that the provider counts no later than the margin after its grant so never shares a window
 * with more than the limit's number of calls.
 */
final class GrantRule {

  /** Between two looks whether a probe or one of the most concurrent calls has ended. */
  static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  static final Duration PROBE_LOOK_AGAIN = Duration.ofSeconds(2);

  private GrantRule() {}

  /** What is decided. */
  sealed interface Decision {
    /**
     * It may.
     *
     * @param probe whether it is the one call that a breaker lets through
     */
    record Grant(boolean probe) implements Decision {}

    /** Nothing before that time, as far as can be told. */
    record Until(Instant time) implements Decision {}

    /** The breaker lets nothing through before that time. */
    record Broken(Instant time) implements Decision {}
  }

  static Decision decide(Breaker breaker, Pace pace, Usage usage, AccountLimit limit) {
    Instant now = usage.now();
    if (!breaker.closed()) {
      Instant until = breaker.until();
      if (until != null && until.isAfter(now)) {
        return new Decision.Broken(until);
      }
      Instant probe = breaker.probeUntil();
      if (probe != null && probe.isAfter(now)) {
        return new Decision.Broken(now.plus(PROBE_LOOK_AGAIN));
      }
    }
    Integer most = limit.concurrentCalls();
    return Stream.of(
            orNow(pace.notBefore(), now),
            leaves(usage.nthLast(), limit, now),
            leaves(usage.costNthLast(), limit, now),
            most != null && usage.running() >= most ? now.plus(LOOK_AGAIN) : now)
        .max(Instant::compareTo)
        .filter(time -> time.isAfter(now))
        .<Decision>map(Decision.Until::new)
        .orElseGet(() -> new Decision.Grant(!breaker.closed()));
  }

  private static Instant leaves(@Nullable Instant granted, AccountLimit limit, Instant now) {
    return granted == null ? now : orNow(granted.plus(limit.period()), now);
  }

  private static Instant orNow(@Nullable Instant time, Instant now) {
    return time == null || time.isBefore(now) ? now : time;
  }
}
