package io.kombine.batch.control.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kombine.contracts.BatchStatus;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Bodies of steering requests and their answers. */
final class ControlViews {

  private ControlViews() {}

  /** Whether stages have confirmed, and the steps whose paid call was under way. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Cancelled(UUID batchId, BatchStatus status, boolean confirmed, List<UUID> begunSteps) {}

  /** What may be changed about a batch under way. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Change(@Nullable BigDecimal maxCost) {}

  /** How many steps and files were brought back. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Retried(UUID batchId, BatchStatus status, int steps, int files) {}

  /**
   * Which steps to decide on, by exactly one of the four: these, those in groups, those to be made
   * of outputs, or all that wait.
   *
   * @param decision absent for {@code approve}
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Approvals(
      @Nullable ApprovalWord decision,
      @Nullable List<@Nullable UUID> stepIds,
      @Nullable List<@Nullable Integer> groups,
      @Nullable List<@Nullable MadeOutput> outputs,
      @Nullable Boolean all) {}

  /** An output of a step; index from 0, and 0 where it is absent. */
  @JsonNaming(SnakeCaseStrategy.class)
  record MadeOutput(@Nullable UUID stepId, @Nullable Integer index) {}

  /**
   * The steps that the call changed.
   *
   * @param toFinish what the rest of the batch is expected to cost now
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Approved(
      UUID batchId,
      BatchStatus status,
      List<UUID> approvedSteps,
      List<UUID> rejectedSteps,
      BigDecimal toFinish) {}

  enum ApprovalWord {
    @JsonProperty("approve")
    APPROVE,
    @JsonProperty("reject")
    REJECT
  }

  /** What to do about a step whose paid call has an unknown outcome. */
  record StepDecision(@Nullable Word decision) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record Decided(UUID batchId, UUID stepId, Word decision) {}

  enum Word {
    @JsonProperty("retry")
    RETRY,
    @JsonProperty("give_up")
    GIVE_UP
  }
}
