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
 */
public record Plan(BatchKind kind, List<PlannedGroup> groups, List<PlannedStep> steps) {

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
