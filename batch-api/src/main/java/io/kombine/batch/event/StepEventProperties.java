package io.kombine.batch.event;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How {@code step.events} is read.
 *
 * @param group the consumer group that replicas share; {@code batch-api} by default
 * @param maxPoll records applied in one transaction; 1 to 2,000, 2,000 by default
 * @param firstRetry pause after a poll that could not be applied because a store was away; doubles
 *     up to {@code lastRetry} and never gives up; 200 ms by default
 * @param lastRetry the longest such pause; 10 s by default
 */
@Validated
@ConfigurationProperties("kombine.batch.events")
record StepEventProperties(
    @DefaultValue("batch-api") @NotBlank String group,
    @DefaultValue("2000") @Min(1) @Max(2000) int maxPoll,
    @DefaultValue("200ms") Duration firstRetry,
    @DefaultValue("10s") Duration lastRetry) {

  StepEventProperties {
    if (firstRetry.toMillis() < 1 || lastRetry.compareTo(firstRetry) < 0) {
      throw new IllegalArgumentException(
          "kombine.batch.events.first-retry must be at least 1 ms and at most last-retry");
    }
  }
}
