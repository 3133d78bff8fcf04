package io.kombine.batch.step;

import io.kombine.batch.step.StepMoves.Charge;
import io.kombine.batch.step.StepMoves.ChargeKey;
import io.kombine.contracts.Money;
import io.kombine.contracts.StepEvent;
import io.kombine.contracts.StepProblem;
import io.kombine.contracts.StopOutcome;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Applies what workers report. Reports may come twice and in any order: what they leave behind
 * follows from the greatest one of each step alone.
 */
final class StepReports {

  private final StepFamily family;
  private final StepConsequences consequences;
  private final Map<ChargeKey, Charge> charges = new LinkedHashMap<>();

  StepReports(StepFamily family, StepConsequences consequences) {
    this.family = family;
    this.consequences = consequences;
  }

  Map<ChargeKey, Charge> charges() {
    return charges;
  }

  /**
   * Applies a report, unless a later one is known.
   *
   * @throws IllegalArgumentException when its cost is in another currency than the batch's
   */
  void apply(StepEvent event) {
    StepRow step = family.step(event.stepId());
    if (step == null || !event.batchId().equals(family.batch().batchId())) {
      return;
    }
    Money cost = event.cost();
    if (cost != null && !cost.currency().equals(family.batch().currency())) {
      throw new IllegalArgumentException(
          "step %s cost %s in a batch in %s"
              .formatted(step.stepId(), cost, family.batch().currency()));
    }
    if (!step.report(event, family.now())) {
      return;
    }
    // why only applied reports: a worker repeats the result of an earlier admission under the later
    // epoch, so a report that is dropped comes again and is charged then
    if (cost != null || settles(event)) {
      charges.merge(
          new ChargeKey(step.stepId(), step.epoch),
          new Charge(
              cost == null ? null : cost.amount(), event.attempt(), event.state(), event.time()),
          (earlier, later) -> later.cost() == null ? later.costing(earlier.cost()) : later);
    }
    if (family.isCancelled()) {
      endCancelled(step, cost);
    }
    consequences.follow(step, event.outputs());
  }

  /** Whether a report without a cost says something about what was billed all the same. */
  private static boolean settles(StepEvent event) {
    StepProblem error = event.error();
    if (event.stopped() == StopOutcome.CHARGE_UNKNOWN
        || (error != null && error.code().equals(StepDecisions.GAVE_UP))) {
      // why: it was decided to do without the answer, and nobody knows more than before
      return false;
    }
    return switch (event.state()) {
      case UNKNOWN, RETRY_WAIT, FAILED, CANCELLED, SUCCEEDED -> true;
      case WAITING, AWAITING_APPROVAL, READY, QUEUED, RUNNING, SKIPPED -> false;
    };
  }

  /** In a cancelled batch nothing comes back: what would wait for another call has ended. */
  private void endCancelled(StepRow step, @Nullable Money cost) {
    switch (step.state) {
      case RETRY_WAIT, READY, WAITING, AWAITING_APPROVAL ->
          step.stop(Stopping.outcome(cost == null ? null : cost.amount()), family.now());
      case UNKNOWN -> step.stop(StopOutcome.CHARGE_UNKNOWN, family.now());
      case SUCCEEDED -> {
        if (step.stopped == null) {
          step.stopped = StopOutcome.FINISHED_KEPT;
        }
      }
      case QUEUED, RUNNING, SKIPPED, CANCELLED, FAILED -> {}
    }
  }
}
