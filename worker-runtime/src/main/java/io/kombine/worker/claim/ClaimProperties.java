package io.kombine.worker.claim;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long workers hold claims, and how claims reach the database.
 *
 * @param lease how long a claim stays with a worker that is silent; default 30 s, from 1 s to 10
 *     min. Renewed every third of it; then another worker takes the step over
 * @param maxTakeovers a step whose begun call changes hands so often fails; default 3, from 1 to 10
 * @param maxBatch calls that share a round trip at most; default 500, from 1 to 500. Further ones
 *     share the next
 * @param maxWaiting calls of one kind that wait for their round trip; default 10,000, from 100 to
 *     100,000. A further one fails at once and its record is tried again later
 * @param timeout of a round trip; default 10 s, from 1 s to 1 min. Then its calls fail and are
 *     tried again
 * @param retention how long the claims of a batch are kept after its end; default 30 days, from 1
 *     day to 10 years. The spend ledger is kept for good
 */
@Validated
@ConfigurationProperties("kombine.claims")
public record ClaimProperties(
    @DefaultValue("30s") Duration lease,
    @DefaultValue("3") @Min(1) @Max(10) int maxTakeovers,
    @DefaultValue("500") @Min(1) @Max(500) int maxBatch,
    @DefaultValue("10000") @Min(100) @Max(100_000) int maxWaiting,
    @DefaultValue("10s") Duration timeout,
    @DefaultValue("30d") Duration retention) {

  @AssertTrue(message = "lease must be from 1s to 10m")
  boolean isLeaseInBounds() {
    return within(lease, Duration.ofSeconds(1), Duration.ofMinutes(10));
  }

  @AssertTrue(message = "timeout must be from 1s to 1m")
  boolean isTimeoutInBounds() {
    return within(timeout, Duration.ofSeconds(1), Duration.ofMinutes(1));
  }

  @AssertTrue(message = "retention must be from 1d to 3650d")
  boolean isRetentionInBounds() {
    return within(retention, Duration.ofDays(1), Duration.ofDays(3650));
  }

  private static boolean within(Duration value, Duration least, Duration most) {
    return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
  }
}
