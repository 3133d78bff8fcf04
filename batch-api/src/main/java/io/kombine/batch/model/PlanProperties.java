package io.kombine.batch.model;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What every plan is given.
 *
 * @param maxAttempts tries that count before a step ends FAILED; 1 to 10, 3 by default
 */
@Validated
@ConfigurationProperties("kombine.plan")
record PlanProperties(@DefaultValue("3") @Min(1) @Max(10) int maxAttempts) {}
