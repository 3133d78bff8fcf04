package io.kombine.worker.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceRuleTests {

  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private static Pace pushed(Pace pace, int atSecond) {
    return PaceRule.pushed(pace, PAUSE, MINUTE, NOW.plusSeconds(atSecond));
  }

  @Test
  void firstPauseOnlyPushesBack() {
    Pace pace = pushed(Pace.FREE, 0);
    assertThat(pace.notBefore()).isEqualTo(NOW.plus(PAUSE));
    assertThat(pace.halvings()).isZero();
  }

  @Test
  void callsUnderWayAtThePauseAreNoRepetition() {
    Pace pace = pushed(pushed(Pace.FREE, 0), 2);
    assertThat(pace.notBefore()).isEqualTo(NOW.plusSeconds(7));
    assertThat(pace.halvings()).isZero();
  }

  @Test
  void pauseSoonAfterAPauseHalvesTheRateAndQuietTimesDoubleItAgain() {
    Pace once = pushed(pushed(Pace.FREE, 0), 10);
    Pace twice = pushed(once, 20);
    assertThat(once.halvings()).isEqualTo(1);
    assertThat(twice.halvings()).isEqualTo(2);
    assertThat(PaceRule.halvings(twice, MINUTE, NOW.plusSeconds(84))).isEqualTo(2);
    assertThat(PaceRule.halvings(twice, MINUTE, NOW.plusSeconds(85))).isEqualTo(1);
    assertThat(PaceRule.halvings(twice, MINUTE, NOW.plusSeconds(145))).isZero();
  }

  @Test
  void rateIsHalvedAtMostFourTimes() {
    Pace pace = Pace.FREE;
    for (int i = 0; i < 20; i++) {
      pace = pushed(pace, i * 10);
    }
    assertThat(pace.halvings()).isEqualTo(4);
  }
}
