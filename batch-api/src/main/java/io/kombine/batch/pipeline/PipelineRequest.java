package io.kombine.batch.pipeline;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The body of a pipeline's submit or estimate as it came: anything may be missing or wrong until
 * {@link PipelineChecks} has looked at it.
 *
 * @param approval whether each video waits until a person has approved it
 * @param reuse whether an image that was made before from the same things may be taken again
 * @param maxCost what the batch may cost at most, in the currency of the price book
 * @param quoteId of the estimate whose price the batch shall have
 */
@JsonNaming(SnakeCaseStrategy.class)
public record PipelineRequest(
    @Nullable String name,
    @Nullable List<@Nullable String> sourceImages,
    @Nullable ImageConfig i2iConfig,
    @Nullable VideoConfig i2vConfig,
    @Nullable Boolean approval,
    @Nullable Boolean reuse,
    @Nullable BigDecimal maxCost,
    @Nullable UUID quoteId) {

  /** What images are made; with {@code enabled} false the sources go straight to video. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record ImageConfig(
      @Nullable Boolean enabled,
      @Nullable List<@Nullable String> prompts,
      @Nullable String model,
      @Nullable Integer imagesPerPrompt) {}

  /** What videos are made of each image. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record VideoConfig(
      @Nullable List<@Nullable String> prompts,
      @Nullable String model,
      @Nullable String resolution,
      @Nullable BigDecimal durationSec) {}
}
