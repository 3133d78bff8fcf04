package io.kombine.worker.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.Ids;
import io.kombine.worker.limit.Breaker.State;
import io.kombine.worker.provider.ProviderOutcome;
import io.kombine.worker.provider.ProviderOutcome.Auth;
import io.kombine.worker.provider.ProviderOutcome.Policy;
import io.kombine.worker.provider.ProviderOutcome.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BreakerRuleTests {

  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final Retry DOWN = new Retry("HTTP 503");

  private final BreakerRule rule =
      new BreakerRule(
          new BreakerProperties(
              3, Duration.ofSeconds(10), Duration.ofSeconds(35), Duration.ofMinutes(10)));

  private Breaker after(Breaker breaker, ProviderOutcome outcome, boolean probe) {
    return rule.after(breaker, outcome, Ids.next(), probe, NOW);
  }

  private Breaker open() {
    return after(after(after(Breaker.CLOSED, DOWN, false), DOWN, false), DOWN, false);
  }

  @Test
  void opensWithTheLastOfSoManyFailuresInARow() {
    Breaker two = after(after(Breaker.CLOSED, DOWN, false), DOWN, false);
    assertThat(two.closed()).isTrue();
    Breaker open = after(two, DOWN, false);
    assertThat(open.state()).isEqualTo(State.OPEN);
    assertThat(open.until()).isEqualTo(NOW.plusSeconds(10));
    assertThat(open.why()).isEqualTo("HTTP 503");
  }

  @Test
  void anyAnswerInBetweenStartsTheCountAgain() {
    Breaker two = after(after(Breaker.CLOSED, DOWN, false), DOWN, false);
    assertThat(after(two, new Policy("no"), false)).isEqualTo(Breaker.CLOSED);
  }

  @Test
  void oneStepAloneNeverOpensIt() {
    UUID step = Ids.next();
    Breaker breaker = Breaker.CLOSED;
    for (int i = 0; i < 10; i++) {
      breaker = rule.after(breaker, DOWN, step, false, NOW);
    }
    assertThat(breaker.closed()).isTrue();
    assertThat(breaker.failures()).isOne();
  }

  @Test
  void eachFailedProbeDoublesThePauseUpToTheLongest() {
    Breaker first = after(open(), DOWN, true);
    assertThat(first.until()).isEqualTo(NOW.plusSeconds(20));
    assertThat(after(first, DOWN, true).until()).isEqualTo(NOW.plusSeconds(35));
  }

  @Test
  void onlyTheProbeIsHeardWhileOpen() {
    Breaker open = open();
    assertThat(after(open, DOWN, false)).isEqualTo(open);
    assertThat(after(open, new Policy("no"), false)).isEqualTo(open);
    assertThat(after(open, new Policy("no"), true)).isEqualTo(Breaker.CLOSED);
  }

  @Test
  void refusedCredentialsPauseAtOnce() {
    Breaker paused = after(Breaker.CLOSED, new Auth("HTTP 401"), false);
    assertThat(paused.state()).isEqualTo(State.PAUSED);
    assertThat(paused.until()).isEqualTo(NOW.plusSeconds(600));
    assertThat(after(paused, new Auth("HTTP 401"), false)).isEqualTo(paused);
  }
}
