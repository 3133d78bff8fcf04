package io.kombine.batch.slideshow;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The body of a slideshow batch's submit or estimate as it came: anything may be missing or wrong
 * until {@link SlideshowChecks} has looked at it.
 *
 * @param name of the batch; {@code TikTok Batch} where it is absent
 * @param productPhoto of all links that name none of their own
 * @param productDescription of all links that name none of their own
 * @param slidesPerLink how many slides each link is taken to have where it gives none: for prices
 *     only
 * @param approval whether each image waits until a person has approved it
 * @param reuse whether an output that was made before from the same things may be taken again
 * @param maxCost what the batch may cost at most, in the currency of the price book
 * @param quoteId of the estimate whose price the batch shall have
 */
@JsonNaming(SnakeCaseStrategy.class)
public record SlideshowRequest(
    @Nullable String name,
    @Nullable List<@Nullable LinkRequest> links,
    @Nullable String productPhoto,
    @Nullable String productDescription,
    @Nullable Integer photoVariations,
    @Nullable Integer textVariations,
    @Nullable String outputFormat,
    @Nullable Integer jpegQuality,
    @Nullable String analysisModel,
    @Nullable String imageModel,
    @Nullable Integer slidesPerLink,
    @Nullable Boolean approval,
    @Nullable Boolean reuse,
    @Nullable BigDecimal maxCost,
    @Nullable UUID quoteId) {

  /**
   * One link.
   *
   * @param slides URLs of its images, in order; absent where they are to be read from its page
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record LinkRequest(
      @Nullable String url,
      @Nullable String productPhoto,
      @Nullable String productDescription,
      @Nullable List<@Nullable String> slides) {}
}
