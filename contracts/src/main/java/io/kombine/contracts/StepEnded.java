package io.kombine.contracts;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A step has ended. A step that is retried by hand ends again, at a higher epoch.
 *
 * @param ordinal the step's number within its batch, from 0
 * @param state {@code SUCCEEDED}, {@code FAILED}, {@code CANCELLED} or {@code SKIPPED}
 * @param outputs of a step that succeeded, and what was stored of one that failed
 * @param cost what its calls were billed; absent where none was
 */
public record StepEnded(
    int version,
    String requestId,
    long sequence,
    UUID batchId,
    UUID stepId,
    StepKind kind,
    int groupIndex,
    int ordinal,
    int epoch,
    StepState state,
    List<ReplyOutput> outputs,
    @Nullable Money cost,
    @Nullable StepProblem error,
    Instant time)
    implements GenerationReply {

  public static final int VERSION = 1;

  public StepEnded {
    outputs = List.copyOf(outputs);
  }
}
