package io.kombine.worker.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.worker.limit.GrantRule.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

class GrantRuleProperties {

  private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

  private final List<Instant> granted = new ArrayList<>();

  /** Whenever workers ask and however late within the margin the provider counts. */
  @Property
  void providerNeverCountsMoreThanTheLimitInAnyWindow(
      @ForAll @IntRange(min = 1, max = 40) int requests,
      @ForAll @IntRange(min = 1, max = 120) int windowSeconds,
      @ForAll @IntRange(min = 1, max = 8) int eagerness,
      @ForAll Random random) {
    AccountLimit limit = limit(requests, windowSeconds);
    List<Instant> counted = new ArrayList<>();
    Instant now = START;
    for (int i = 0; i < requests * 12; i++) {
      now = now.plusNanos(random.nextLong(limit.spacing().toNanos() * 4 / eagerness));
      if (decide(limit, now) instanceof Decision.Grant) {
        granted.add(now);
        counted.add(now.plusNanos(random.nextLong(limit.effectiveMargin().toNanos() + 1)));
      }
    }
    assertThat(mostInAnyWindow(counted, limit.window())).isLessThanOrEqualTo(requests);
  }

  /** Who comes back when told to, a little late as the remembered pauses are, wastes nothing. */
  @Property(tries = 200)
  void atLeast95PercentOfTheRateIsUsed(
      @ForAll @IntRange(min = 20, max = 120) int requests,
      @ForAll @IntRange(min = 5, max = 120) int windowSeconds,
      @ForAll Random random) {
    AccountLimit limit = limit(requests, windowSeconds);
    Instant begin = START.plus(limit.window());
    Instant end = begin.plus(limit.window().multipliedBy(20));
    Instant now = START;
    while (now.isBefore(end)) {
      now =
          switch (decide(limit, now)) {
            case Decision.Grant _ -> {
              granted.add(now);
              yield now.plusMillis(1);
            }
            case Decision.Until(Instant time) ->
                time.plusNanos(random.nextLong(limit.spacing().toNanos() / 2));
            case Decision.Broken broken -> throw new AssertionError(broken);
          };
    }
    assertThat(granted.stream().filter(at -> !at.isBefore(begin)).count())
        .isGreaterThanOrEqualTo((long) (requests * 20 * 0.95));
  }

  private Decision decide(AccountLimit limit, Instant now) {
    return GrantRule.decide(
        Breaker.CLOSED, Pace.FREE, new Usage(now, nthLast(limit, now), 0, null), limit);
  }

  /** As the statement reads it. */
  private @Nullable Instant nthLast(AccountLimit limit, Instant now) {
    Integer requests = limit.requestsPerWindow();
    assertThat(requests).isNotNull();
    if (granted.size() < requests) {
      return null;
    }
    Instant nth = granted.get(granted.size() - requests);
    return nth.isAfter(now.minus(limit.period())) ? nth : null;
  }

  static int mostInAnyWindow(List<Instant> times, Duration window) {
    List<Instant> sorted = times.stream().sorted().toList();
    int most = 0;
    int first = 0;
    for (int last = 0; last < sorted.size(); last++) {
      while (!sorted.get(last).isBefore(sorted.get(first).plus(window))) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  private AccountLimit limit(int requests, int windowSeconds) {
    granted.clear();
    return new AccountLimit(requests, Duration.ofSeconds(windowSeconds), null, null, null);
  }
}
