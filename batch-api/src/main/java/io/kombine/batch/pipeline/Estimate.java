package io.kombine.batch.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kombine.batch.eta.Durations;
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
 * What a request would run and cost.
 *
 * @param quoteId present once the price is kept
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Estimate(
    Counts counts,
    Cost cost,
    Duration duration,
    String priceVersion,
    @Nullable UUID quoteId,
    @Nullable Instant expiresAt) {

  /**
   * Steps are calls, images and videos what the batch has in the end.
   *
   * @param totalSteps how many would run
   * @param reusedSteps how many would not, since their outputs are there
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Counts(
      int sourceImages,
      int totalSteps,
      int reusedSteps,
      Map<String, Integer> steps,
      int images,
      int videos) {}

  /**
   * @param byStepType amounts by kind of step, for the kinds there are
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Cost(String currency, Map<String, BigDecimal> byStepType, BigDecimal total) {}

  /**
   * How long it would take by itself, in whole seconds, without the time that people take to
   * approve: half of all such batches are done by the first, nine in ten by the second.
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Duration(long p50Seconds, long p90Seconds) {}

  static Estimate of(PricedPlan priced, int sources, Durations.Expected expected) {
    Map<String, Integer> steps = new LinkedHashMap<>();
    Map<String, BigDecimal> costs = new LinkedHashMap<>();
    for (Map.Entry<StepKind, Money> cost : priced.costs().entrySet()) {
      steps.put(cost.getKey().wireName(), priced.steps(cost.getKey()));
      costs.put(cost.getKey().wireName(), cost.getValue().amount());
    }
    return new Estimate(
        new Counts(
            sources,
            priced.plan().steps().size() - priced.reused().size(),
            priced.reused().size(),
            steps,
            priced.outputs(StepKind.I2I),
            priced.outputs(StepKind.I2V)),
        new Cost(priced.total().currency(), costs, priced.total().amount()),
        new Duration(expected.p50Seconds(), expected.p90Seconds()),
        priced.priceVersion(),
        null,
        null);
  }

  Estimate with(Quote quote) {
    return new Estimate(counts, cost, duration, priceVersion, quote.quoteId(), quote.expiresAt());
  }
}
