package io.kombine.batch.event;

import static io.kombine.batch.event.Scenario.confirmed;
import static io.kombine.batch.event.Scenario.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.batch.control.BatchControlService;
import io.kombine.batch.control.CancelResult;
import io.kombine.batch.control.Decision;
import io.kombine.batch.control.RetryResult;
import io.kombine.contracts.BatchStatus;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepState;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Two sentences: steps 0 and 1 are audio, 2 and 3 images, 4 a root video, 5 the video of 3. */
class BarrierIT extends SettlementTest {

  @Autowired Scenario scenario;
  @Autowired BatchControlService control;

  private void end(UUID batchId, int ordinal, StepState state) {
    Scenario.Step step = scenario.step(batchId, ordinal);
    scenario.tell(event(batchId, step, step.epoch(), state));
  }

  private List<StepState> states(UUID batchId) {
    return scenario.steps(batchId).stream().map(Scenario.Step::state).toList();
  }

  private int open(UUID batchId) {
    return scenario.count("SELECT open_stages FROM batches WHERE batch_id = ?", batchId);
  }

  /** Queues what is ready, as far as a stage is open. */
  private UUID atImages() {
    UUID batchId = scenario.storyboard();
    scenario.admit(batchId, false);
    end(batchId, 0, StepState.SUCCEEDED);
    end(batchId, 1, StepState.SUCCEEDED);
    scenario.admit(batchId, false);
    return batchId;
  }

  @Test
  void rootsOfALaterStageWaitUntilTheLastStepOfTheEarlierOneHasEnded() {
    UUID batchId = scenario.storyboard();

    assertThat(states(batchId))
        .containsExactly(
            StepState.READY,
            StepState.READY,
            StepState.WAITING,
            StepState.WAITING,
            StepState.WAITING,
            StepState.WAITING);
    scenario.admit(batchId, true);
    end(batchId, 0, StepState.SUCCEEDED);
    assertThat(states(batchId).subList(2, 6)).containsOnly(StepState.WAITING);
    assertThat(open(batchId)).isEqualTo(1);

    end(batchId, 1, StepState.SUCCEEDED);

    assertThat(states(batchId).subList(2, 4)).containsOnly(StepState.READY);
    assertThat(states(batchId).subList(4, 6)).containsOnly(StepState.WAITING);
    assertThat(open(batchId)).isEqualTo(2);
    assertThat(scenario.steps(batchId).subList(2, 4)).noneMatch(Scenario.Step::announced);
    scenario.booksAgree(batchId);
  }

  @Test
  void aChildWhoseParentHasEndedWaitsForItsStageAllTheSame() {
    UUID batchId = atImages();

    end(batchId, 3, StepState.SUCCEEDED);
    assertThat(scenario.step(batchId, 5).state()).isEqualTo(StepState.WAITING);

    end(batchId, 2, StepState.FAILED);
    assertThat(states(batchId).subList(4, 6)).containsOnly(StepState.READY);
    scenario.booksAgree(batchId);
  }

  @Test
  void anUnknownPassesTheBarrierAndOnlyItsOwnChildWaits() {
    UUID batchId = atImages();
    end(batchId, 2, StepState.SUCCEEDED);

    end(batchId, 3, StepState.UNKNOWN);

    assertThat(scenario.step(batchId, 4).state()).isEqualTo(StepState.READY);
    assertThat(scenario.step(batchId, 5).state()).isEqualTo(StepState.WAITING);
    control.decide(batchId, scenario.step(batchId, 3).stepId(), Decision.GIVE_UP);
    assertThat(scenario.step(batchId, 5).state()).isEqualTo(StepState.SKIPPED);
    scenario.booksAgree(batchId);
  }

  @Test
  void aLateResultOfAnUnknownLetsItsChildGo() {
    UUID batchId = atImages();
    end(batchId, 2, StepState.SUCCEEDED);
    end(batchId, 3, StepState.UNKNOWN);

    end(batchId, 3, StepState.SUCCEEDED);

    assertThat(scenario.step(batchId, 5).state()).isEqualTo(StepState.READY);
  }

  @Test
  void aRetryWaitHoldsTheBarrier() {
    UUID batchId = atImages();
    end(batchId, 2, StepState.SUCCEEDED);

    end(batchId, 3, StepState.RETRY_WAIT);

    assertThat(states(batchId).subList(4, 6)).containsOnly(StepState.WAITING);
    assertThat(open(batchId)).isEqualTo(2);
  }

  @Test
  void whatRetryFailedBringsBackClosesTheStagesBehindItUntilItHasEnded() {
    UUID batchId = atImages();
    end(batchId, 2, StepState.SUCCEEDED);
    end(batchId, 3, StepState.FAILED);
    assertThat(scenario.step(batchId, 5).state()).isEqualTo(StepState.SKIPPED);
    scenario.admit(batchId, false);
    end(batchId, 4, StepState.FAILED);
    assertThat(open(batchId)).isEqualTo(3);

    RetryResult retried = control.retryFailed(batchId);

    assertThat(retried.steps()).isEqualTo(3);
    assertThat(open(batchId)).as("the videos' stage is closed again").isEqualTo(2);
    assertThat(states(batchId).subList(3, 6))
        .containsExactly(StepState.READY, StepState.READY, StepState.WAITING);
    scenario.admit(batchId, false);
    end(batchId, 3, StepState.SUCCEEDED);
    assertThat(open(batchId)).isEqualTo(3);
    assertThat(scenario.step(batchId, 5).state()).isEqualTo(StepState.READY);
    scenario.booksAgree(batchId);
  }

  @Test
  void aCancelStopsWhatWaitsForABarrierAndNothingIsReleasedAfterwards() {
    UUID batchId = scenario.storyboard();
    scenario.admit(batchId, false);
    end(batchId, 0, StepState.SUCCEEDED);

    CancelResult asked = control.cancel(batchId);
    assertThat(states(batchId).subList(2, 6)).containsOnly(StepState.CANCELLED);
    end(batchId, 1, StepState.SUCCEEDED);
    for (StepKind stage : List.of(StepKind.AUDIO, StepKind.I2I, StepKind.I2V)) {
      scenario.tell(confirmed(batchId, asked.sequence(), stage, List.of()));
    }

    assertThat(states(batchId).subList(0, 2)).containsOnly(StepState.SUCCEEDED);
    assertThat(states(batchId).subList(2, 6)).containsOnly(StepState.CANCELLED);
    assertThat(scenario.row(batchId).status()).isIn(BatchStatus.CANCELLING, BatchStatus.CANCELLED);
    scenario.booksAgree(batchId);
  }
}
