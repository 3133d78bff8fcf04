package io.kombine.worker.provider.bench;

import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Whether this worker has the providers {@code null} and {@code sleep}.
 *
 * @param enabled default false: steps that name them are refused
 * @param sleep how long a call of {@code sleep} takes; default 200 ms, from 0 to 10 min
 * @param slowSleep the same where the prompt contains {@code [slow]}; default 10 s, from 0 to 10
 *     min
 * @param hardTimeout of both; default 30 s, from 1 s to 1 h; longer than both sleeps
 */
@Validated
@ConfigurationProperties("kombine.bench-providers")
record BenchProviderProperties(
    @DefaultValue("false") boolean enabled,
    @DefaultValue("200ms") Duration sleep,
    @DefaultValue("10s") Duration slowSleep,
    @DefaultValue("30s") Duration hardTimeout) {

  @AssertTrue(message = "sleep must be from 0 to 10m and shorter than hard-timeout")
  boolean isSleepInBounds() {
    return inBounds(sleep);
  }

  @AssertTrue(message = "slow-sleep must be from 0 to 10m and shorter than hard-timeout")
  boolean isSlowSleepInBounds() {
    return inBounds(slowSleep);
  }

  private boolean inBounds(Duration pause) {
    return !pause.isNegative()
        && pause.compareTo(Duration.ofMinutes(10)) <= 0
        && pause.compareTo(hardTimeout) < 0;
  }

  @AssertTrue(message = "hard-timeout must be from 1s to 1h")
  boolean isHardTimeoutInBounds() {
    return hardTimeout.compareTo(Duration.ofSeconds(1)) >= 0
        && hardTimeout.compareTo(Duration.ofHours(1)) <= 0;
  }
}
