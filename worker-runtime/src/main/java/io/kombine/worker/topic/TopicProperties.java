package io.kombine.worker.topic;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How topics are created.
 *
 * @param replicationFactor of topics that do not exist yet; default 1, from 1 to 10. More than
 *     there are brokers stops the start
 * @param brokerWait how long a start waits for the broker; default 1 min, from 1 s to 10 min. Then
 *     the start fails
 */
@Validated
@ConfigurationProperties("kombine.topics")
public record TopicProperties(
    @DefaultValue("1") @Min(1) @Max(10) int replicationFactor,
    @DefaultValue("1m") Duration brokerWait) {

  @AssertTrue(message = "broker-wait must be from 1s to 10m")
  boolean isBrokerWaitInBounds() {
    return brokerWait.compareTo(Duration.ofSeconds(1)) >= 0
        && brokerWait.compareTo(Duration.ofMinutes(10)) <= 0;
  }
}
