package io.kombine.batch.event;

import static io.kombine.batch.event.Scenario.confirmed;
import static io.kombine.batch.event.Scenario.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.batch.control.BatchControlService;
import io.kombine.batch.control.CancelConfirmation;
import io.kombine.batch.control.CancelResult;
import io.kombine.batch.control.CancelResult.Outcome;
import io.kombine.batch.control.ControlResult;
import io.kombine.batch.control.Decision;
import io.kombine.batch.control.RetryResult;
import io.kombine.batch.event.Scenario.Step;
import io.kombine.batch.model.BatchRow;
import io.kombine.contracts.BatchControl.Hold;
import io.kombine.contracts.BatchStatus;
import io.kombine.contracts.DeliveryState;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepState;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ControlIT extends SettlementTest {

  @Autowired Scenario scenario;
  @Autowired BatchControlService control;
  @Autowired CancelConfirmation confirmation;

  @Test
  void cancelStopsTheUnsentAtOnceAndTheRestOnceAllStagesHaveConfirmed() {
    UUID batchId = scenario.batch(3, 1);
    scenario.admit(batchId, true);
    Step begun = scenario.step(batchId, 0);
    scenario.tell(
        event(batchId, begun, 1, StepState.RUNNING),
        event(batchId, scenario.step(batchId, 4), 1, StepState.RETRY_WAIT));

    CancelResult asked = control.cancel(batchId);
    assertThat(asked.outcome()).isEqualTo(Outcome.PENDING);
    assertThat(states(batchId))
        .containsExactly(
            StepState.RUNNING,
            StepState.WAITING,
            StepState.QUEUED,
            StepState.WAITING,
            StepState.CANCELLED,
            StepState.CANCELLED);
    assertThat(control.cancel(batchId)).isEqualTo(asked);

    scenario.tell(confirmed(batchId, asked.sequence(), StepKind.I2I, List.of(begun.stepId())));
    assertThat(control.cancelState(batchId).outcome()).isEqualTo(Outcome.PENDING);
    assertThat(states(batchId)).contains(StepState.QUEUED);
    scenario.tell(confirmed(batchId, asked.sequence(), StepKind.I2V, List.of()));

    CancelResult done = control.cancel(batchId);
    assertThat(done.outcome()).isEqualTo(Outcome.CONFIRMED);
    assertThat(done.begun()).containsExactly(begun.stepId());
    assertThat(states(batchId).subList(1, 6)).containsOnly(StepState.CANCELLED);
    assertThat(scenario.steps(batchId).subList(1, 6))
        .allMatch(step -> "stopped-free".equals(step.stopped()) && step.epoch() == 1);
    assertThat(scenario.row(batchId).status()).isEqualTo(BatchStatus.CANCELLING);

    scenario.tell(event(batchId, begun, 1, StepState.SUCCEEDED, "0.002"));
    assertThat(scenario.step(batchId, 0).state()).isEqualTo(StepState.SUCCEEDED);
    assertThat(scenario.step(batchId, 0).stopped()).isEqualTo("finished-kept");
    assertThat(scenario.step(batchId, 1).state()).isEqualTo(StepState.CANCELLED);
    assertThat(scenario.row(batchId).spent()).isEqualByComparingTo("0.002");
    scenario.booksAgree(batchId);
  }

  @Test
  void confirmationOfAnEarlierControlProvesNothing() {
    UUID batchId = scenario.batch(1, 0);
    scenario.admit(batchId, false);
    long paused = control.pause(batchId, BatchRow.HELD_BY_USER).sequence();
    CancelResult asked = control.cancel(batchId);
    scenario.tell(confirmed(batchId, paused, StepKind.I2I, List.of()));

    assertThat(asked.sequence()).isGreaterThan(paused);
    assertThat(control.cancelState(batchId).outcome()).isEqualTo(Outcome.PENDING);
    assertThat(scenario.step(batchId, 0).state()).isEqualTo(StepState.QUEUED);
  }

  @Test
  void nothingOfACancelledBatchComesBack() {
    UUID batchId = scenario.batch(4, 0);
    scenario.admit(batchId, false);
    control.cancel(batchId);
    scenario.tell(
        event(batchId, scenario.step(batchId, 0), 1, StepState.RETRY_WAIT, "0.001"),
        event(batchId, scenario.step(batchId, 1), 2, StepState.READY),
        event(batchId, scenario.step(batchId, 2), 1, StepState.UNKNOWN),
        event(batchId, scenario.step(batchId, 3), 1, StepState.RETRY_WAIT));

    assertThat(states(batchId)).containsOnly(StepState.CANCELLED);
    assertThat(scenario.steps(batchId).stream().map(Step::stopped))
        .containsExactly("stopped-charged", "stopped-free", "charge-unknown", "stopped-free");
    assertThat(scenario.row(batchId).spent()).isEqualByComparingTo("0.001");
    scenario.booksAgree(batchId);
  }

  @Test
  void waiterIsAnsweredAsSoonAsTheConfirmationIsApplied() throws Exception {
    UUID batchId = scenario.batch(1, 0);
    scenario.admit(batchId, false);
    CancelResult asked = control.cancel(batchId);
    assertThat(confirmation.awaitConfirmed(batchId, Duration.ofMillis(50)).outcome())
        .isEqualTo(Outcome.PENDING);
    CompletableFuture<CancelResult> answer =
        CompletableFuture.supplyAsync(() -> {
          try {
            return confirmation.awaitConfirmed(batchId, Duration.ofSeconds(20));
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    scenario.tell(confirmed(batchId, asked.sequence(), StepKind.I2I, List.of()));
    confirmation.applied();
    assertThat(answer.get(10, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.CONFIRMED);
  }

  @Test
  void pauseAndResumeEachTakeTheNextSequenceOnce() {
    UUID batchId = scenario.batch(1, 0);
    assertThat(control.pause(batchId, BatchRow.HELD_BY_USER))
        .isEqualTo(new ControlResult(ControlResult.Outcome.DONE, 1));
    assertThat(scenario.row(batchId).status()).isEqualTo(BatchStatus.PAUSED);
    assertThat(control.pause(batchId, BatchRow.HELD_BY_USER).outcome())
        .isEqualTo(ControlResult.Outcome.UNCHANGED);
    assertThat(control.resume(batchId)).isEqualTo(new ControlResult(ControlResult.Outcome.DONE, 2));
    assertThat(scenario.row(batchId).hold()).isEqualTo(Hold.NONE);
    assertThat(scenario.row(batchId).holdReason()).isNull();
    assertThat(control.resume(batchId).outcome()).isEqualTo(ControlResult.Outcome.UNCHANGED);
    control.cancel(batchId);
    assertThat(control.resume(batchId).outcome()).isEqualTo(ControlResult.Outcome.TOO_LATE);
    assertThat(control.pause(UUID.randomUUID(), "user").outcome())
        .isEqualTo(ControlResult.Outcome.NOT_FOUND);
  }

  @Test
  void retryBringsBackTheFailedTheSkippedAndTheUndelivered() {
    UUID batchId = scenario.batch(2, 1);
    scenario.admit(batchId, true);
    scenario.tell(
        event(batchId, scenario.step(batchId, 0), 1, StepState.FAILED),
        event(batchId, scenario.step(batchId, 2), 1, StepState.SUCCEEDED, "0.002"),
        event(batchId, scenario.step(batchId, 3), 1, StepState.FAILED),
        scenario.delivery(
            batchId, scenario.deliveryOf(scenario.step(batchId, 2)), 1, DeliveryState.FAILED));
    awaitManifest(batchId, 1);
    scenario.tell(scenario.delivery(batchId, manifestOf(batchId), 1, DeliveryState.DELIVERED));
    assertThat(scenario.row(batchId).status()).isEqualTo(BatchStatus.COMPLETED_WITH_FAILURES);
    assertThat(scenario.row(batchId).finishedAt()).isNotNull();

    RetryResult result = control.retryFailed(batchId);
    assertThat(result).isEqualTo(new RetryResult(RetryResult.Outcome.DONE, 3, 1));
    assertThat(states(batchId))
        .containsExactly(StepState.READY, StepState.WAITING, StepState.SUCCEEDED, StepState.READY);
    assertThat(scenario.step(batchId, 0).epoch()).isEqualTo(2);
    assertThat(scenario.step(batchId, 1).epoch()).isEqualTo(2);
    assertThat(scenario.row(batchId).finishedAt()).isNull();
    assertThat(scenario.row(batchId).filesFailed()).isZero();
    scenario.booksAgree(batchId);

    scenario.admit(batchId, true);
    scenario.tell(
        event(batchId, scenario.step(batchId, 0), 2, StepState.SUCCEEDED, "0.002"),
        event(batchId, scenario.step(batchId, 1), 2, StepState.SUCCEEDED, "0.002"),
        event(batchId, scenario.step(batchId, 3), 2, StepState.SUCCEEDED, "0.002"));
    for (Step step : scenario.steps(batchId)) {
      int epoch = step.ordinal() == 2 ? 2 : 1;
      scenario.tell(
          scenario.delivery(batchId, scenario.deliveryOf(step), epoch, DeliveryState.DELIVERED));
    }
    awaitManifest(batchId, 2);
    scenario.tell(scenario.delivery(batchId, manifestOf(batchId), 2, DeliveryState.DELIVERED));
    assertThat(scenario.row(batchId).status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(control.retryFailed(batchId).outcome())
        .isEqualTo(RetryResult.Outcome.NOTHING_FAILED);
    scenario.booksAgree(batchId);
  }

  @Test
  void unknownIsRetriedAtTheNextEpochOrGivenUp() {
    UUID batchId = scenario.batch(2, 1);
    scenario.admit(batchId, true);
    Step one = scenario.step(batchId, 0);
    Step other = scenario.step(batchId, 2);
    scenario.tell(
        event(batchId, one, 1, StepState.UNKNOWN), event(batchId, other, 1, StepState.UNKNOWN));
    assertThat(scenario.row(batchId).status()).isEqualTo(BatchStatus.WAITING_FOR_DECISION);
    assertThat(scenario.step(batchId, 1).granted()).isFalse();

    assertThat(control.decide(batchId, one.stepId(), Decision.RETRY))
        .isEqualTo(Decision.Outcome.DONE);
    assertThat(control.decide(batchId, one.stepId(), Decision.RETRY))
        .isEqualTo(Decision.Outcome.NOT_UNKNOWN);
    assertThat(control.decide(batchId, other.stepId(), Decision.GIVE_UP))
        .isEqualTo(Decision.Outcome.DONE);
    assertThat(states(batchId))
        .containsExactly(StepState.READY, StepState.WAITING, StepState.FAILED, StepState.SKIPPED);
    assertThat(scenario.step(batchId, 0).epoch()).isEqualTo(2);
    assertThat(scenario.step(batchId, 0).settledEpoch()).isEqualTo(1);
    assertThat(scenario.step(batchId, 2).errorCode()).isEqualTo("gave_up");
    scenario.booksAgree(batchId);
  }

  private List<StepState> states(UUID batchId) {
    return scenario.steps(batchId).stream().map(Step::state).toList();
  }

  private void awaitManifest(UUID batchId, int epoch) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> scenario.row(batchId).manifestEpoch() == epoch);
  }

  private UUID manifestOf(UUID batchId) {
    return scenario.manifestOf(batchId);
  }
}
