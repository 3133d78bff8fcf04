package io.kombine.contracts;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One transition of one step.
 *
 * @param ordinal the step's number within its batch, from 0
 * @param attempt the try it belongs to, from 1; 0 before the first
 * @param worker id of the reporting process
 * @param outputs of a step that succeeded, and what was stored of one that failed
 * @param cost what the call is billed, once it is known; absent where no call was billed
 * @param retryAt when admission may bring the step back; on {@code RETRY_WAIT} only
 * @param stopped what a cancel meant for it; on ends of a cancelled batch's steps only
 */
public record StepEvent(
    int version,
    UUID eventId,
    UUID batchId,
    UUID stepId,
    StepKind kind,
    int groupIndex,
    int ordinal,
    int epoch,
    int attempt,
    StepState state,
    Instant time,
    String worker,
    String account,
    List<StepOutput> outputs,
    @Nullable Money cost,
    @Nullable StepProblem error,
    @Nullable Instant retryAt,
    @Nullable StopOutcome stopped)
    implements StatusEvent {

  public static final int VERSION = 1;

  public StepEvent {
    outputs = List.copyOf(outputs);
  }

  public StepPosition position() {
    return new StepPosition(epoch, state);
  }
}
