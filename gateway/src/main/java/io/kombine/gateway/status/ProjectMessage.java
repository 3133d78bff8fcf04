package io.kombine.gateway.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeInfo.Id;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.kombine.contracts.BatchStatus;
import io.kombine.contracts.StepState;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a project's socket says (design §5.4), in camel case. {@code position} is what a client
 * hands in to go on from there.
 */
@JsonTypeInfo(use = Id.NAME, property = "type")
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface ProjectMessage {

  /** The project's latest generation as it is now; it replaces all that was known. */
  @JsonTypeName("snapshot")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Snapshot(
      UUID projectId,
      @Nullable UUID batchId,
      @Nullable String position,
      @Nullable BatchStatus status,
      @Nullable String stage,
      @Nullable Integer stageTotal,
      @Nullable Totals jobs,
      List<Job> steps)
      implements ProjectMessage {}

  /** A job has made its asset. */
  @JsonTypeName("job_complete")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record JobComplete(
      UUID batchId, String position, UUID jobId, @Nullable UUID sentenceId, String stage)
      implements ProjectMessage {}

  /** A job has ended without its asset: {@code FAILED}, {@code CANCELLED} or {@code SKIPPED}. */
  @JsonTypeName("job_failed")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record JobFailed(
      UUID batchId,
      String position,
      UUID jobId,
      @Nullable UUID sentenceId,
      String stage,
      StepState state)
      implements ProjectMessage {}

  /**
   * The generation is at another stage: {@code audio}, {@code images}, {@code videos}, or {@code
   * done}.
   *
   * @param stageTotal jobs of the stage; 0 for {@code done}
   */
  @JsonTypeName("generation_stage_change")
  record StageChange(
      UUID batchId, String position, String stage, int stageTotal, BatchStatus status)
      implements ProjectMessage {}

  /** Jobs of a generation. */
  record Totals(int total, int completed, int failed) {}

  /** Where one job stands. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Job(UUID jobId, @Nullable UUID sentenceId, String stage, StepState state) {}
}
