package io.kombine.worker.step;

import io.kombine.contracts.Money;
import io.kombine.contracts.StepOutput;
import io.kombine.contracts.StepProblem;
import io.kombine.contracts.StepState;
import io.kombine.contracts.StopOutcome;
import io.kombine.worker.claim.Claims;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a step's epoch ends, before it is settled.
 *
 * @param claimEnd what becomes of the claim
 */
record StepEnd(
    StepState state,
    Claims.End claimEnd,
    List<StepOutput> outputs,
    @Nullable Money cost,
    @Nullable StepProblem error,
    @Nullable Instant retryAt,
    @Nullable StopOutcome stopped) {}
