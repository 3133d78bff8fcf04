package io.kombine.batch.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One admission of a step that was billed, or may have been.
 *
 * @param epoch the admission's number; with the step it names the entry
 * @param attempt the try it was, among those that count
 * @param outcome how it ended; {@code UNKNOWN} while nobody could learn it
 * @param cost what was billed; null where nobody knows
 * @param held what is set aside for it as long as its outcome is unknown and undecided; otherwise 0
 * @param time when the worker said so, in UTC
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record LedgerEntry(
    UUID batchId,
    UUID stepId,
    StepKind kind,
    String account,
    String provider,
    String model,
    int epoch,
    int attempt,
    StepState outcome,
    @Nullable BigDecimal cost,
    BigDecimal held,
    String currency,
    Instant time) {}
