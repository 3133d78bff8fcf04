package io.kombine.batch.admission;

import io.kombine.contracts.StepState;
import java.math.BigDecimal;
import java.util.UUID;

/**
 * A step that may be admitted: {@code READY}, or in {@code RETRY_WAIT} and due.
 *
 * @param cost what it is expected to cost at most: its weight in the shares
 * @param need the part of it that is not held for the step yet
 */
record Candidate(
    UUID stepId, UUID batchId, int epoch, StepState state, BigDecimal cost, BigDecimal need) {}
