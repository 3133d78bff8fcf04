package io.kombine.batch.admission;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How admission goes about its work.
 *
 * @param interval between two looks when nothing calls for one earlier; 10 ms to 10 s, 250 ms by
 *     default
 * @param lease for how long one replica admits without renewing; another takes over when it has run
 *     out; 2 s to 5 min, 10 s by default
 * @param silenceLimit after so long without a report a queued or running step is admitted again, at
 *     the next epoch; 1 s to 1 h, 2 min by default
 * @param publishBatch rows published in one round, 1 to 5,000; what is left waits for the next
 *     round, which follows at once
 * @param sweepBatch steps admitted again in one sweep, 1 to 5,000; the rest waits for the next
 */
@Validated
@ConfigurationProperties("kombine.admission")
record AdmissionProperties(
    @DefaultValue("250ms") @DurationMin(millis = 10) @DurationMax(seconds = 10) Duration interval,
    @DefaultValue("10s") @DurationMin(seconds = 2) @DurationMax(minutes = 5) Duration lease,
    @DefaultValue("2m") @DurationMin(seconds = 1) @DurationMax(hours = 1) Duration silenceLimit,
    @DefaultValue("1000") @Min(1) @Max(5000) int publishBatch,
    @DefaultValue("500") @Min(1) @Max(5000) int sweepBatch) {}
