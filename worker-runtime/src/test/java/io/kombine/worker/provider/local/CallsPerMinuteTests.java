package io.kombine.worker.provider.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class CallsPerMinuteTests {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:10Z");

  @Test
  void callsBeyondTheLimitWaitForTheNextMinute() {
    CallsPerMinute rate = new CallsPerMinute(2, Clock.fixed(NOON, ZoneOffset.UTC));

    assertThat(rate.take()).isZero();
    assertThat(rate.take()).isZero();
    assertThat(rate.take()).isEqualTo(Duration.ofSeconds(50));
  }

  @Test
  void zeroIsNoLimit() {
    CallsPerMinute rate = new CallsPerMinute(0, Clock.fixed(NOON, ZoneOffset.UTC));

    for (int i = 0; i < 1_000; i++) {
      assertThat(rate.take()).isZero();
    }
  }
}
