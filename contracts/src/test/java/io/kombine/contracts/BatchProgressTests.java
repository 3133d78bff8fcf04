package io.kombine.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kombine.contracts.BatchControl.Hold;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchProgressTests {

  @Test
  void countsThatDoNotAddUpAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StepCounts(3, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0))
        .withMessageContaining("add up to 2");
  }

  @Test
  void batchIsNotCompleteBeforeItsDeliveries() {
    Map<StepState, Integer> counts = Map.of(StepState.SUCCEEDED, 2);

    assertThat(status(Hold.NONE, true, counts, 0, false)).isEqualTo(BatchStatus.RUNNING);
    assertThat(status(Hold.NONE, true, counts, 0, true)).isEqualTo(BatchStatus.COMPLETED);
    assertThat(status(Hold.NONE, true, counts, 1, true))
        .isEqualTo(BatchStatus.COMPLETED_WITH_FAILURES);
  }

  @Test
  void oneFailureAmongSuccessesIsCompletedWithFailures() {
    assertThat(
            status(Hold.NONE, true, Map.of(StepState.SUCCEEDED, 17, StepState.FAILED, 1), 0, true))
        .isEqualTo(BatchStatus.COMPLETED_WITH_FAILURES);
    assertThat(status(Hold.NONE, true, Map.of(StepState.FAILED, 1, StepState.SKIPPED, 2), 0, true))
        .isEqualTo(BatchStatus.FAILED);
  }

  @Test
  void whatWasRejectedHasNotFailed() {
    assertThat(
            status(Hold.NONE, true, Map.of(StepState.SUCCEEDED, 3, StepState.SKIPPED, 2), 0, true))
        .isEqualTo(BatchStatus.COMPLETED);
    assertThat(status(Hold.NONE, true, Map.of(StepState.SKIPPED, 2), 0, true))
        .isEqualTo(BatchStatus.COMPLETED);
  }

  @Test
  void nothingLeftButDecisionsIsWaitingForDecision() {
    assertThat(
            status(Hold.NONE, true, Map.of(StepState.UNKNOWN, 1, StepState.WAITING, 2), 0, false))
        .isEqualTo(BatchStatus.WAITING_FOR_DECISION);
    assertThat(
            status(
                Hold.NONE, true, Map.of(StepState.UNKNOWN, 1, StepState.RETRY_WAIT, 1), 0, false))
        .isEqualTo(BatchStatus.RUNNING);
  }

  @Test
  void cancelledBatchIsCancellingUntilItsLastCallEnds() {
    assertThat(
            status(
                Hold.CANCELLED,
                true,
                Map.of(StepState.RUNNING, 1, StepState.CANCELLED, 1),
                0,
                false))
        .isEqualTo(BatchStatus.CANCELLING);
    assertThat(
            status(
                Hold.CANCELLED,
                true,
                Map.of(StepState.SUCCEEDED, 1, StepState.CANCELLED, 1),
                0,
                true))
        .isEqualTo(BatchStatus.CANCELLED);
    assertThat(status(Hold.CANCELLED, true, Map.of(StepState.SUCCEEDED, 2), 0, true))
        .isEqualTo(BatchStatus.COMPLETED);
  }

  @Test
  void batchThatNeverQueuedAStepIsQueuedItself() {
    assertThat(status(Hold.NONE, false, Map.of(StepState.READY, 1), 0, false))
        .isEqualTo(BatchStatus.QUEUED);
    assertThat(status(Hold.PAUSED, false, Map.of(StepState.READY, 1), 0, false))
        .isEqualTo(BatchStatus.PAUSED);
  }

  private static BatchStatus status(
      Hold hold,
      boolean started,
      Map<StepState, Integer> counts,
      int deliveriesFailed,
      boolean delivered) {
    return new BatchProgress(
            false, hold, started, StepCounts.of(counts), deliveriesFailed, delivered)
        .status();
  }
}
