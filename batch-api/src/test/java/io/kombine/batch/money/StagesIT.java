package io.kombine.batch.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.batch.model.NewBatch;
import io.kombine.batch.money.CountingWorkers.Outcome;
import io.kombine.batch.plan.Plan;
import io.kombine.batch.plan.PlannedGroup;
import io.kombine.batch.plan.PlannedStep;
import io.kombine.batch.plan.StageOrder;
import io.kombine.contracts.BatchKind;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import io.kombine.contracts.StepState;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Admission of batches whose stages have barriers between them. */
class StagesIT extends MoneyTest {

  private static final String OWNER = "stages";
  private static final List<StepKind> ORDER = List.of(StepKind.AUDIO, StepKind.I2I, StepKind.I2V);

  private UUID storyboard(int sentences) {
    List<PlannedStep> steps = new ArrayList<>();
    for (int i = 0; i < sentences; i++) {
      steps.add(step(steps.size(), StepKind.AUDIO, null));
    }
    for (int i = 0; i < sentences; i++) {
      steps.add(step(steps.size(), StepKind.I2I, null));
    }
    for (int i = 0; i < sentences; i++) {
      steps.add(step(steps.size(), StepKind.I2V, sentences + i));
    }
    Plan plan =
        new Plan(
            BatchKind.STORYBOARD,
            List.of(new PlannedGroup(0, "one", null, null)),
            steps,
            new StageOrder(ORDER));
    return service
        .accept(new NewBatch(OWNER, "test", "test", plan, "{}", plan.cost("USD"), null, null, null))
        .batchId();
  }

  private static PlannedStep step(int ordinal, StepKind kind, @Nullable Integer parent) {
    return new PlannedStep(
        ordinal,
        0,
        kind,
        parent,
        "local",
        "local",
        "local-model",
        "prompt " + ordinal,
        0,
        0,
        StepParameters.NONE,
        parent == null ? List.of() : List.of(StepInput.ofParent(StepInput.Role.IMAGE, 0)),
        1,
        price("0.001", "0.001"),
        null,
        List.of(),
        false);
  }

  private List<RunStep> calls(UUID batchId) {
    return workers.calls.stream().filter(step -> step.batchId().equals(batchId)).toList();
  }

  @Test
  void noStepIsAdmittedBeforeTheStageAheadOfItHasEndedAndNoChildIsGrantedAcrossABarrier() {
    UUID batch = storyboard(12);

    within(60).until(() -> succeeded(batch) == 36);

    assertThat(calls(batch).stream().map(RunStep::kind).distinct())
        .containsExactlyElementsOf(ORDER);
    assertThat(calls(batch)).hasSize(36).allMatch(step -> step.children().isEmpty());
    for (int stage = 1; stage < ORDER.size(); stage++) {
      assertThat(
              count(
                  """
                  SELECT count(*) FROM steps later, steps earlier
                  WHERE later.batch_id = ? AND earlier.batch_id = later.batch_id
                    AND later.kind = ? AND earlier.kind = ?
                    AND later.queued_at < earlier.finished_at
                  """,
                  batch,
                  ORDER.get(stage).wireName(),
                  ORDER.get(stage - 1).wireName()))
          .isZero();
    }
  }

  @Test
  void whatComesBackIntoAnEarlierStageRunsBeforeTheRestOfTheLaterOne() {
    AtomicBoolean failing = new AtomicBoolean(true);
    workers.behaviour =
        step ->
            failing.get() && List.of(3, 7).contains(step.ordinal())
                ? new Outcome(StepState.FAILED, null)
                : Outcome.atPrice(step);
    UUID batch = storyboard(3);
    within(60)
        .until(() ->
            count(
                    "SELECT count(*) FROM steps WHERE batch_id = ? AND state IN"
                        + " ('SUCCEEDED', 'FAILED', 'SKIPPED')",
                    batch)
                == 9);
    failing.set(false);
    int before = calls(batch).size();

    assertThat(control.retryFailed(batch).steps()).isEqualTo(3);
    within(60).until(() -> succeeded(batch) == 9);

    assertThat(calls(batch).stream().skip(before).map(RunStep::kind))
        .containsExactly(StepKind.I2I, StepKind.I2V, StepKind.I2V);
  }
}
