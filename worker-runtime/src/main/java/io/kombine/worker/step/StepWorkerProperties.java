package io.kombine.worker.step;

import io.kombine.contracts.StepKind;
import jakarta.validation.constraints.NotEmpty;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What this worker is.
 *
 * @param kinds the stages it serves, such as {@code analysis,i2i}; set by each worker's own
 *     application.yml
 */
@Validated
@ConfigurationProperties("kombine.worker")
record StepWorkerProperties(@NotEmpty Set<StepKind> kinds) {}
