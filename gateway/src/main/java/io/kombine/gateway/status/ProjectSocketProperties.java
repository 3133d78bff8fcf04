package io.kombine.gateway.status;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How project sockets behave. They share {@code kombine.gateway.streams.max-streams}.
 *
 * @param sendTimeout a client that takes nothing for so long is closed, default 5 s, from 100 ms to
 *     60 s
 * @param ping a ping is sent every so long, whatever else is sent, default 15 s, from 100 ms to 5
 *     min
 * @param idleAfter a client that sends nothing for so long, not even a pong, is closed; default 1
 *     min, longer than {@code ping}, at most 30 min
 * @param lookEvery how often batch-api is asked for a project's next generation while none runs,
 *     default 2 s, from 100 ms to 1 min
 */
@Validated
@ConfigurationProperties("kombine.gateway.sockets")
record ProjectSocketProperties(
    @DefaultValue("5s") @NotNull Duration sendTimeout,
    @DefaultValue("15s") @NotNull Duration ping,
    @DefaultValue("1m") @NotNull Duration idleAfter,
    @DefaultValue("2s") @NotNull Duration lookEvery) {

  @AssertTrue(
      message =
          "kombine.gateway.sockets: send-timeout must be from 100ms to 60s, ping from 100ms to 5m,"
              + " idle-after longer than ping and at most 30m, look-every from 100ms to 1m")
  boolean isInBounds() {
    return sendTimeout.toMillis() >= 100
        && sendTimeout.toSeconds() <= 60
        && ping.toMillis() >= 100
        && ping.toMinutes() <= 5
        && idleAfter.compareTo(ping) > 0
        && idleAfter.toMinutes() <= 30
        && lookEvery.toMillis() >= 100
        && lookEvery.toSeconds() <= 60;
  }
}
