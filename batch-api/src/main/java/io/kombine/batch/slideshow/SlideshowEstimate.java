package io.kombine.batch.slideshow;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kombine.batch.plan.PricedPlan;
import io.kombine.batch.pricing.Quote;
import io.kombine.contracts.Money;
import io.kombine.contracts.StepKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What a slideshow batch would run and cost.
 *
 * @param quoteId present once the price is kept
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SlideshowEstimate(
    Counts counts,
    Cost cost,
    String priceVersion,
    @Nullable UUID quoteId,
    @Nullable Instant expiresAt) {

  /**
   * Steps are calls, images what the batch has in the end.
   *
   * @param variations of each link
   * @param slides of all links together
   * @param reusedSteps how many would not run, since their outputs are there
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Counts(
      int links,
      int variations,
      int slides,
      int totalSteps,
      int reusedSteps,
      Map<String, Integer> steps,
      int images) {}

  /**
   * @param byStepType amounts by kind of step
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Cost(String currency, Map<String, BigDecimal> byStepType, BigDecimal total) {}

  static SlideshowEstimate of(PricedPlan priced, Slideshow slideshow) {
    Map<String, Integer> steps = new LinkedHashMap<>();
    Map<String, BigDecimal> costs = new LinkedHashMap<>();
    for (Map.Entry<StepKind, Money> cost : priced.costs().entrySet()) {
      steps.put(cost.getKey().wireName(), priced.steps(cost.getKey()));
      costs.put(cost.getKey().wireName(), cost.getValue().amount());
    }
    int images = priced.outputs(StepKind.I2I);
    return new SlideshowEstimate(
        new Counts(
            slideshow.links().size(),
            slideshow.variations(),
            images / slideshow.variations(),
            priced.plan().steps().size() - priced.reused().size(),
            priced.reused().size(),
            steps,
            images),
        new Cost(priced.total().currency(), costs, priced.total().amount()),
        priced.priceVersion(),
        null,
        null);
  }

  SlideshowEstimate with(Quote quote) {
    return new SlideshowEstimate(counts, cost, priceVersion, quote.quoteId(), quote.expiresAt());
  }
}
