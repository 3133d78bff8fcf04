package io.kombine.batch.model;

import io.kombine.batch.plan.Plan;
import io.kombine.contracts.Money;
import io.kombine.contracts.StepProblem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a batch that was accepted without one.
 *
 * @param quoted what the steps that can run were priced at
 * @param lost groups that nothing can be made of, by index, with the reason: their steps are
 *     written as {@code FAILED} and never run, not by a retry either; its code begins with {@link
 *     #LOST}
 * @param error why the whole batch comes to nothing; absent otherwise
 */
public record LatePlan(
    Plan plan, Money quoted, Map<Integer, StepProblem> lost, @Nullable StepProblem error) {

  /** How the codes of such reasons begin. */
  public static final String LOST = "slides_";

  public LatePlan {
    lost = Map.copyOf(lost);
  }
}
