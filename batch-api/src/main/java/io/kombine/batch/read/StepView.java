package io.kombine.batch.read;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepProblem;
import io.kombine.contracts.StepState;
import io.kombine.contracts.StopOutcome;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One step with its lineage, what became of it and what it put out.
 *
 * @param parameters as the model was asked, in the words of the request
 * @param price what was planned; {@code cost} is what was billed
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StepView(
    UUID stepId,
    int ordinal,
    StepKind kind,
    StepState state,
    int groupIndex,
    @Nullable UUID parentId,
    String provider,
    String model,
    String prompt,
    int promptIndex,
    int variation,
    Parameters parameters,
    int epoch,
    int attempt,
    int maxAttempts,
    boolean needsApproval,
    BigDecimal price,
    @Nullable BigDecimal cost,
    String currency,
    @Nullable StepProblem error,
    @Nullable StopOutcome stopped,
    @Nullable String worker,
    @Nullable Instant retryAt,
    @Nullable Instant queuedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    List<List<String>> paths,
    List<Output> outputs) {

  /** What its owner may decide about it now, as the decision endpoint takes it; else absent. */
  @JsonProperty
  public @Nullable List<String> decisions() {
    return state == StepState.UNKNOWN ? List.of("retry", "give_up") : null;
  }

  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Parameters(
      @Nullable String size,
      @Nullable String quality,
      @Nullable String outputFormat,
      @Nullable String resolution,
      @Nullable BigDecimal durationSec) {}

  /** An artifact of the owner. */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Output(
      UUID artifactId,
      String url,
      @Nullable String thumbnailUrl,
      String mediaType,
      long bytes,
      @Nullable Integer widthPx,
      @Nullable Integer heightPx,
      @Nullable BigDecimal seconds,
      String sha256) {}
}
