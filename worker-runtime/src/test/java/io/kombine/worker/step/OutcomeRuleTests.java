package io.kombine.worker.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.Money;
import io.kombine.contracts.StepState;
import io.kombine.contracts.StopOutcome;
import io.kombine.worker.claim.Claims.End;
import io.kombine.worker.provider.Charge;
import io.kombine.worker.provider.ProviderOutcome.Ambiguous;
import io.kombine.worker.provider.ProviderOutcome.Auth;
import io.kombine.worker.provider.ProviderOutcome.Billing;
import io.kombine.worker.provider.ProviderOutcome.Input;
import io.kombine.worker.provider.ProviderOutcome.Policy;
import io.kombine.worker.provider.ProviderOutcome.Retry;
import io.kombine.worker.provider.ProviderOutcome.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutcomeRuleTests {

  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

  private final OutcomeRule rule =
      new OutcomeRule(
          new RetryPauses(
              new RetryProperties(Duration.ofSeconds(2), Duration.ofMinutes(1)), new Random(7)));

  @Test
  void retryComesBackAfterAGrowingPauseUntilTheLastAttempt() {
    StepEnd first = rule.failed(Steps.attempt(1), new Retry("busy"), NOW, false);
    StepEnd second = rule.failed(Steps.attempt(2), new Retry("busy"), NOW, false);
    StepEnd last = rule.failed(Steps.attempt(3), new Retry("busy"), NOW, false);

    assertThat(first.state()).isEqualTo(StepState.RETRY_WAIT);
    assertThat(first.retryAt()).isBetween(NOW.plusSeconds(1), NOW.plusSeconds(2));
    assertThat(second.retryAt()).isBetween(NOW.plusSeconds(2), NOW.plusSeconds(4));
    assertThat(last.state()).isEqualTo(StepState.FAILED);
  }

  @Test
  void waitComesBackAtTheProvidersTimeWhateverTheAttempt() {
    StepEnd end = rule.failed(Steps.attempt(3), new Wait("429", Duration.ofSeconds(9)), NOW, false);

    assertThat(end.state()).isEqualTo(StepState.RETRY_WAIT);
    assertThat(end.retryAt()).isEqualTo(NOW.plusSeconds(9));
    assertThat(end.error()).isNotNull();
    assertThat(end.error().code()).isEqualTo("wait");
  }

  @Test
  void refusalsEndTheStepWithoutAnotherTry() {
    for (var refusal :
        List.of(new Policy("no"), new Input("no"), new Auth("no"), new Billing("no"))) {
      assertThat(rule.failed(Steps.attempt(1), refusal, NOW, false).state())
          .isEqualTo(StepState.FAILED);
    }
  }

  @Test
  void ambiguousIsHeldAndCostsNothingYet() {
    StepEnd end = rule.failed(Steps.attempt(1), new Ambiguous("gone"), NOW, false);

    assertThat(end.state()).isEqualTo(StepState.UNKNOWN);
    assertThat(end.claimEnd()).isEqualTo(End.UNKNOWN);
    assertThat(end.cost()).isNull();
  }

  @Test
  void billedRetryIsSettledWithItsCost() {
    StepEnd end =
        rule.failed(Steps.attempt(1), new Retry("broken image", Charge.asPriced()), NOW, false);

    assertThat(end.claimEnd()).isEqualTo(End.SETTLED);
    assertThat(end.cost()).isEqualTo(Money.of("0.002", "USD"));
  }

  @Test
  void cancelledBatchStopsFreeInsteadOfComingBackAndKeepsWhatFinished() {
    StepEnd stopped = rule.failed(Steps.attempt(1), new Retry("busy"), NOW, true);
    StepEnd kept = rule.succeeded(Steps.attempt(1), List.of(), Charge.asPriced(), true);

    assertThat(stopped.state()).isEqualTo(StepState.CANCELLED);
    assertThat(stopped.stopped()).isEqualTo(StopOutcome.STOPPED_FREE);
    assertThat(kept.state()).isEqualTo(StepState.SUCCEEDED);
    assertThat(kept.stopped()).isEqualTo(StopOutcome.FINISHED_KEPT);
  }
}
