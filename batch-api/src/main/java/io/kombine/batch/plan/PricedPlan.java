package io.kombine.batch.plan;

import io.kombine.contracts.ContractJson;
import io.kombine.contracts.Money;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A plan with what it costs and a hash of what it would run, in which neither prices nor the bytes
 * of sources count: an estimate knows none of these yet. Immutable.
 */
public record PricedPlan(
    Plan plan,
    Set<Integer> reused,
    String priceVersion,
    Money total,
    Map<StepKind, Money> costs,
    String hash) {

  public PricedPlan {
    reused = Set.copyOf(reused);
    costs = Collections.unmodifiableMap(new TreeMap<>(costs));
  }

  /**
   * @param reused ordinals of the steps whose outputs are there: they cost nothing
   * @param sources URLs of what it starts from, without credentials
   */
  public static PricedPlan of(
      Plan plan, Set<Integer> reused, List<String> sources, String priceVersion, String currency) {
    Map<StepKind, Money> costs = new TreeMap<>();
    Money total = Money.zero(currency);
    for (PlannedStep step : plan.steps()) {
      boolean runs = !reused.contains(step.ordinal());
      Money cost = runs ? step.price().amount() : Money.zero(currency);
      costs.merge(step.kind(), cost, Money::plus);
      total = total.plus(cost);
    }
    return new PricedPlan(plan, reused, priceVersion, total, costs, hash(plan, sources));
  }

  /** How many steps of a kind would run. */
  public int steps(StepKind kind) {
    return (int)
        plan.steps().stream()
            .filter(step -> step.kind() == kind && !reused.contains(step.ordinal()))
            .count();
  }

  /** How many outputs of a kind there are in the end. */
  public int outputs(StepKind kind) {
    return plan.steps().stream()
        .filter(step -> step.kind() == kind)
        .mapToInt(PlannedStep::outputCount)
        .sum();
  }

  private record Hashed(List<String> sources, List<HashedStep> steps) {}

  private record HashedStep(
      int group,
      StepKind kind,
      @Nullable Integer parent,
      List<Integer> parentOutputs,
      String model,
      String prompt,
      int variation,
      StepParameters parameters,
      int outputs,
      boolean approval) {}

  private static String hash(Plan plan, List<String> sources) {
    List<HashedStep> steps =
        plan.steps().stream()
            .map(step ->
                new HashedStep(
                    step.groupIndex(),
                    step.kind(),
                    step.parentOrdinal(),
                    step.inputs().stream()
                        .map(StepInput::parentOutput)
                        .map(output -> output == null ? -1 : output)
                        .toList(),
                    step.model(),
                    step.prompt(),
                    step.variation(),
                    step.parameters(),
                    step.outputCount(),
                    step.needsApproval()))
            .toList();
    Hashed hashed = new Hashed(sources, steps);
    return ContentKeys.sha256(ContractJson.mapper().writeValueAsString(hashed));
  }
}
