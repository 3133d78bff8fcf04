package io.kombine.batch.plan;

import io.kombine.contracts.BatchKind;
import io.kombine.contracts.Money;
import java.util.List;

/**
 * All that a request will run: the same for estimate, quote, dry run and live. Holds no ids and no
 * times; those are given when it is accepted. Immutable.
 *
 * @param groups by their index, from 0
 * @param steps by their ordinal, from 0; a parent comes before its children
 * @param stages where there are barriers between the stages, all kinds of its steps in their order;
 *     no step comes in an earlier stage than its parent
 */
public record Plan(
    BatchKind kind, List<PlannedGroup> groups, List<PlannedStep> steps, StageOrder stages) {

  /** A larger plan is refused with a problem that names the limit. */
  public static final int MAX_STEPS = 20_000;

  public Plan {
    groups = List.copyOf(groups);
    steps = List.copyOf(steps);
    for (int i = 0; i < groups.size(); i++) {
      if (groups.get(i).index() != i) {
        throw new IllegalArgumentException("group " + i + " is numbered " + groups.get(i).index());
      }
    }
    for (int i = 0; i < steps.size(); i++) {
      PlannedStep step = steps.get(i);
      if (step.ordinal() != i) {
        throw new IllegalArgumentException("step " + i + " is numbered " + step.ordinal());
      }
      if (step.groupIndex() < 0 || step.groupIndex() >= groups.size()) {
        throw new IllegalArgumentException("step " + i + " is of no group");
      }
      if (step.parentOrdinal() != null && step.parentOrdinal() >= i) {
        throw new IllegalArgumentException("step " + i + " comes before its parent");
      }
      if (stages.hasBarriers()) {
        checkStage(step, steps, stages);
      }
    }
  }

  /** A plan whose steps run as soon as they can. */
  public Plan(BatchKind kind, List<PlannedGroup> groups, List<PlannedStep> steps) {
    this(kind, groups, steps, StageOrder.NONE);
  }

  private static void checkStage(PlannedStep step, List<PlannedStep> steps, StageOrder stages) {
    int stage = stages.kinds().indexOf(step.kind());
    Integer parent = step.parentOrdinal();
    if (stage < 0 || (parent != null && stages.kinds().indexOf(steps.get(parent).kind()) > stage)) {
      throw new IllegalArgumentException(
          "step %d (%s) does not fit into the stages %s"
              .formatted(step.ordinal(), step.kind(), stages.kinds()));
    }
  }

  /** What all steps together are expected to cost. All prices have one currency. */
  public Money cost(String currency) {
    Money sum = Money.zero(currency);
    for (PlannedStep step : steps) {
      sum = sum.plus(step.price().amount());
    }
    return sum;
  }
}
