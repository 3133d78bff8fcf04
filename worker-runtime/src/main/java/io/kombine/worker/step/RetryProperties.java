package io.kombine.worker.step;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When a failed try is made again; how many tries there are is the plan's.
 *
 * @param first the mean pause after the first try, doubled with each further one; 10 ms to 10 min,
 *     2 s by default
 * @param longest no pause is longer; 10 ms to 1 h, 1 min by default
 */
@Validated
@ConfigurationProperties("kombine.retry")
record RetryProperties(
    @DefaultValue("2s") @DurationMin(millis = 10) @DurationMax(minutes = 10) Duration first,
    @DefaultValue("1m") @DurationMin(millis = 10) @DurationMax(hours = 1) Duration longest) {}
