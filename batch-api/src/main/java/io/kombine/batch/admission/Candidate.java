package io.kombine.batch.admission;

import io.kombine.contracts.StepState;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A step that may be admitted: {@code READY}, or in {@code RETRY_WAIT} and due.
 *
 * @param cost what it is expected to cost at most: its weight in the shares
 * @param need the part of it that is not held for the step yet
 * @param shared what its call is shared by: of equal ones a pass admits one; null where it isn't
 */
record Candidate(
    UUID stepId,
    UUID batchId,
    int epoch,
    StepState state,
    BigDecimal cost,
    BigDecimal need,
    @Nullable String shared) {}
