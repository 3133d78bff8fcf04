package io.kombine.batch.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kombine.contracts.StepKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** {@code GET /api/pipelines/{id}}: what has been made so far, by source. */
@JsonNaming(SnakeCaseStrategy.class)
public record PipelineView(
    UUID pipelineId, PipelineStatus status, List<Group> groups, Totals totals) {

  /** One source's results, in the order of the plan. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Group(
      String sourceImage, int sourceIndex, List<Output> i2iOutputs, List<Output> i2vOutputs) {}

  /** What one step has put out. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Output(StepKind stepType, Config config, Inputs inputs, Outputs outputs) {}

  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Config(
      String model,
      @Nullable String size,
      @Nullable String quality,
      @Nullable String resolution,
      @Nullable BigDecimal durationSec) {}

  @JsonNaming(SnakeCaseStrategy.class)
  public record Inputs(
      int sourceImageIndex, String sourceImageUrl, int promptIndex, String prompt) {}

  @JsonNaming(SnakeCaseStrategy.class)
  public record Outputs(List<Item> items) {}

  /**
   * @param type {@code image} or {@code video}
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Item(String url, String type) {}

  @JsonNaming(SnakeCaseStrategy.class)
  public record Totals(int sourceImages, int i2iGenerated, int i2vGenerated) {}
}
