package io.kombine.gateway.status;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How event streams behave.
 *
 * @param maxStreams streams of this replica at once, default 1000; at the bound a new one is
 *     refused with 503
 * @param fold changes that follow each other within it are sent as one, default 200 ms, from 10 ms
 *     to 5 s; the first change after a quiet time is sent at once
 * @param heartbeat a comment is sent after so long without a change, default 15 s, from 100 ms to 5
 *     min; it is also how a client that went away is noticed
 */
@Validated
@ConfigurationProperties("kombine.gateway.streams")
record StreamProperties(
    @DefaultValue("1000") @Min(1) @Max(100_000) int maxStreams,
    @DefaultValue("200ms") @NotNull Duration fold,
    @DefaultValue("15s") @NotNull Duration heartbeat) {

  @AssertTrue(
      message = "kombine.gateway.streams: fold must be from 10ms to 5s, heartbeat from 100ms to 5m")
  boolean isInBounds() {
    return fold.toMillis() >= 10
        && fold.toSeconds() <= 5
        && heartbeat.toMillis() >= 100
        && heartbeat.toMinutes() <= 5;
  }
}
