package io.kombine.worker.step;

import io.kombine.contracts.Money;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepOutput;
import io.kombine.contracts.StepProblem;
import io.kombine.contracts.StepState;
import io.kombine.contracts.StopOutcome;
import io.kombine.worker.claim.Claims.End;
import io.kombine.worker.provider.Charge;
import io.kombine.worker.provider.ProviderOutcome;
import io.kombine.worker.provider.ProviderOutcome.Ambiguous;
import io.kombine.worker.provider.ProviderOutcome.Auth;
import io.kombine.worker.provider.ProviderOutcome.Billing;
import io.kombine.worker.provider.ProviderOutcome.Failure;
import io.kombine.worker.provider.ProviderOutcome.Input;
import io.kombine.worker.provider.ProviderOutcome.Policy;
import io.kombine.worker.provider.ProviderOutcome.Retry;
import io.kombine.worker.provider.ProviderOutcome.Stopped;
import io.kombine.worker.provider.ProviderOutcome.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call's outcome means for the step (design §4.8). Pure but for the jitter of the pauses.
 */
final class OutcomeRule {

  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(50);

  private final RetryPauses pauses;

  OutcomeRule(RetryPauses pauses) {
    this.pauses = pauses;
  }

  /** A call that succeeded, its outputs stored. */
  StepEnd succeeded(RunStep step, List<StepOutput> outputs, Charge charge, boolean batchCancelled) {
    return new StepEnd(
        StepState.SUCCEEDED,
        End.SETTLED,
        outputs,
        charge.costAt(step.price()),
        null,
        null,
        batchCancelled ? StopOutcome.FINISHED_KEPT : null);
  }

  /** A call that did not. */
  StepEnd failed(RunStep step, Failure failure, Instant now, boolean batchCancelled) {
    return switch (failure) {
      case Retry retry when batchCancelled -> stopped(step, retry);
      case Wait wait when batchCancelled -> stopped(step, wait);
      case Retry retry when step.attempt() < step.maxAttempts() ->
          comingBack(step, retry, "retry", now.plus(pauses.after(step.attempt())));
      case Retry retry -> ended(step, retry, "retry");
      case Wait wait -> comingBack(step, wait, "wait", now.plus(bounded(wait.pause())));
      case Policy policy -> ended(step, policy, "policy");
      case Input input -> ended(step, input, "input");
      case Auth auth -> ended(step, auth, "auth");
      case Billing billing -> ended(step, billing, "billing");
      case Ambiguous ambiguous ->
          new StepEnd(
              StepState.UNKNOWN,
              End.UNKNOWN,
              List.of(),
              ambiguous.charge().costAt(step.price()),
              new StepProblem("ambiguous", ambiguous.message()),
              null,
              batchCancelled ? StopOutcome.CHARGE_UNKNOWN : null);
      case Stopped stopped ->
          new StepEnd(
              StepState.CANCELLED,
              claimEnd(stopped.charge()),
              List.of(),
              stopped.charge().costAt(step.price()),
              null,
              null,
              stopped.stopped());
    };
  }

  private static StepEnd comingBack(RunStep step, Failure failure, String code, Instant retryAt) {
    return new StepEnd(
        StepState.RETRY_WAIT,
        claimEnd(failure.charge()),
        List.of(),
        failure.charge().costAt(step.price()),
        new StepProblem(code, failure.message()),
        retryAt,
        null);
  }

  private static StepEnd ended(RunStep step, Failure failure, String code) {
    return new StepEnd(
        StepState.FAILED,
        claimEnd(failure.charge()),
        List.of(),
        failure.charge().costAt(step.price()),
        new StepProblem(code, failure.message()),
        null,
        null);
  }

  private static StepEnd stopped(RunStep step, ProviderOutcome outcome) {
    Money cost = outcome.charge().costAt(step.price());
    return new StepEnd(
        StepState.CANCELLED,
        claimEnd(outcome.charge()),
        List.of(),
        cost,
        null,
        null,
        outcomeOfStop(outcome.charge(), cost));
  }

  private static StopOutcome outcomeOfStop(Charge charge, @Nullable Money cost) {
    if (charge instanceof Charge.Unknown) {
      return StopOutcome.CHARGE_UNKNOWN;
    }
    return cost == null || cost.isZero() ? StopOutcome.STOPPED_FREE : StopOutcome.STOPPED_CHARGED;
  }

  private static End claimEnd(Charge charge) {
    return charge instanceof Charge.None ? End.RELEASED : End.SETTLED;
  }

  private static Duration bounded(Duration pause) {
    if (pause.compareTo(LONGEST_WAIT) > 0) {
      return LONGEST_WAIT;
    }
    return pause.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : pause;
  }
}
