package io.kombine.worker.provider.local;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the provider {@code local} of this process behaves. Without any of these it answers as fast
 * as it can and never fails.
 *
 * @param latency time that passes before each call's work begins; default 0, up to 10 min and
 *     shorter than {@code hardTimeout}. A batch that is cancelled meanwhile ends the call unbilled
 * @param failureRate share of calls that fail in a way that may pass; default 0, up to 1 (all).
 *     Whether a call fails follows from its step and attempt alone, so that a rerun fails alike
 * @param callsPerMinute calls taken in a minute of the clock, over all accounts; default 0, no
 *     limit; up to 100 000. Further calls are told to wait for the next minute and cost no attempt
 * @param failPromptsContaining calls that are to fail, by their prompt; default none, up to 20. The
 *     first that fits decides
 * @param maxConcurrentWork calls that compute at once, each on a thread of its own; default 2, from
 *     1 to 64. Further calls wait for their turn, at most for {@code hardTimeout}
 * @param hardTimeout after which a call is given up; default 10 min, from 1 s to 1 h. A minute of
 *     video in 1080p takes one to two minutes of a processor
 */
@Validated
@ConfigurationProperties("kombine.providers.local")
public record LocalProviderProperties(
    @DefaultValue("0s") Duration latency,
    @DefaultValue("0")
        @DecimalMin(value = "0", message = "must be from 0 to 1")
        @DecimalMax(value = "1", message = "must be from 0 to 1")
        double failureRate,
    @DefaultValue("0") @Min(0) @Max(100_000) int callsPerMinute,
    @DefaultValue @Valid @Size(max = 20) List<PromptFault> failPromptsContaining,
    @DefaultValue("2") @Min(1) @Max(64) int maxConcurrentWork,
    @DefaultValue("10m") Duration hardTimeout) {

  public LocalProviderProperties {
    failPromptsContaining = List.copyOf(failPromptsContaining);
  }

  @AssertTrue(message = "latency must be from 0 to 10m and shorter than hard-timeout")
  boolean isLatencyInBounds() {
    return !latency.isNegative()
        && latency.compareTo(Duration.ofMinutes(10)) <= 0
        && latency.compareTo(hardTimeout) < 0;
  }

  @AssertTrue(message = "hard-timeout must be from 1s to 1h")
  boolean isHardTimeoutInBounds() {
    return hardTimeout.compareTo(Duration.ofSeconds(1)) >= 0
        && hardTimeout.compareTo(Duration.ofHours(1)) <= 0;
  }
}
