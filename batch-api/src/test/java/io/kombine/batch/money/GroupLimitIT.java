package io.kombine.batch.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.batch.control.BatchControlService;
import io.kombine.batch.control.Decision;
import io.kombine.batch.model.LatePlan;
import io.kombine.batch.model.PlanningBatch;
import io.kombine.batch.money.CountingWorkers.Outcome;
import io.kombine.batch.plan.Plan;
import io.kombine.batch.plan.PlannedGroup;
import io.kombine.batch.plan.PlannedStep;
import io.kombine.contracts.BatchKind;
import io.kombine.contracts.Money;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import io.kombine.contracts.StepProblem;
import io.kombine.contracts.StepState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Batches that limit how many of their groups are in progress at once. */
class GroupLimitIT extends MoneyTest {

  private static final int LIMIT = 2;

  @Autowired BatchControlService decisions;

  @Test
  void noMoreGroupsAreInProgressThanAllowedUntilAllAreDone() {
    UUID other = batch("local", 4, 1, price("0.01", "0.01"), null);
    within(30).until(() -> succeeded(other) == 8);
    workers.answering = false;
    UUID batch = planned(5, Map.of());
    within(20).until(() -> inFlight(batch) > 0);
    UUID late = batch("local", 3, 0, price("0.01", "0.01"), null);
    within(20)
        .until(() ->
            count("SELECT count(*) FROM steps WHERE batch_id = ? AND state = 'QUEUED'", late) > 0);
    assertThat(groupsInFlight(batch)).isEqualTo(LIMIT);
    Set<Integer> most = ConcurrentHashMap.newKeySet();
    workers.behaviour =
        step -> {
          if (step.batchId().equals(batch)) {
            most.add(groupsInFlight(batch));
          }
          return Outcome.atPrice(step);
        };

    workers.answering = true;

    within(40).until(() -> succeeded(batch) == 20 && succeeded(late) == 3);
    assertThat(most).isNotEmpty().allMatch(groups -> groups <= LIMIT);
  }

  @Test
  void aGroupHeldForADecisionLetsTheNextOneInAndComesBack() {
    workers.behaviour =
        step ->
            step.groupIndex() < 2 && step.kind() == StepKind.I2I && step.epoch() == 1
                ? new Outcome(StepState.UNKNOWN, null)
                : Outcome.atPrice(step);

    UUID batch = planned(5, Map.of());

    within(40).until(() -> succeeded(batch) == 12);
    List<UUID> held =
        jdbc.sql("SELECT step_id FROM steps WHERE batch_id = ? AND state = 'UNKNOWN'")
            .param(batch)
            .query(UUID.class)
            .list();
    assertThat(held).hasSize(4);
    held.forEach(step -> decisions.decide(batch, step, Decision.RETRY));
    within(40).until(() -> succeeded(batch) == 20);
  }

  @Test
  void retriedGroupsTakeTheirTurnAgainAndOnlyThoseAskedFor() {
    workers.behaviour = step -> new Outcome(StepState.FAILED, null);
    UUID batch = planned(6, Map.of());
    within(40)
        .until(() ->
            count("SELECT count(*) FROM steps WHERE batch_id = ? AND state = 'FAILED'", batch)
                == 12);
    workers.behaviour = Outcome::atPrice;
    workers.answering = false;

    assertThat(decisions.retryFailed(batch, Set.of(1, 3, 4)).steps()).isEqualTo(12);

    within(20).until(() -> inFlight(batch) >= LIMIT);
    assertThat(groupsInFlight(batch)).isEqualTo(LIMIT);
    workers.answering = true;
    within(40).until(() -> succeeded(batch) == 12);
    assertThat(count("SELECT count(*) FROM steps WHERE batch_id = ? AND state = 'FAILED'", batch))
        .isEqualTo(6);
  }

  @Test
  void aLostGroupFailsAndAllLostGroupsFailTheBatch() {
    StepProblem gone = new StepProblem("slides_blocked", "not shown here");
    UUID some = planned(2, Map.of(1, gone));
    within(40).until(() -> succeeded(some) == 4);
    assertThat(count("SELECT count(*) FROM steps WHERE batch_id = ? AND state = 'FAILED'", some))
        .isEqualTo(4);

    UUID none = planned(2, Map.of(0, gone, 1, gone));

    within(40)
        .until(() ->
            count("SELECT count(*) FROM batches WHERE batch_id = ? AND NOT planning", none) == 1);
    assertThat(workers.callsOf(none)).isZero();
    assertThat(row(none).errorCode()).isEqualTo("slides_missing");
    assertThat(service.plan(none, late(2, Map.of()))).as("planned once only").isFalse();
  }

  private UUID planned(int groups, Map<Integer, StepProblem> lost) {
    UUID batch =
        service
            .acceptPlanning(
                new PlanningBatch(
                    "local",
                    BatchKind.SLIDESHOW,
                    "limited",
                    "limited",
                    "{}",
                    Money.zero("USD"),
                    null,
                    null,
                    null,
                    false,
                    LIMIT))
            .batchId();
    assertThat(row(batch).status().name()).isEqualTo("PLANNING");
    assertThat(service.plan(batch, late(groups, lost))).isTrue();
    return batch;
  }

  /** Groups of two roots, each with a child. */
  private static LatePlan late(int count, Map<Integer, StepProblem> lost) {
    List<PlannedGroup> groups = new ArrayList<>();
    List<PlannedStep> steps = new ArrayList<>();
    for (int group = 0; group < count; group++) {
      groups.add(new PlannedGroup(group, "group " + group, null, null));
      for (int root = 0; root < 2; root++) {
        int parent = steps.size();
        steps.add(step(parent, group, StepKind.I2I, null, List.of()));
        steps.add(
            step(
                parent + 1,
                group,
                StepKind.I2V,
                parent,
                List.of(StepInput.ofParent(StepInput.Role.IMAGE, 0))));
      }
    }
    Plan plan = new Plan(BatchKind.SLIDESHOW, groups, steps);
    return new LatePlan(
        plan,
        plan.cost("USD"),
        lost,
        lost.size() == count ? new StepProblem("slides_missing", "none") : null);
  }

  private static PlannedStep step(
      int ordinal,
      int group,
      StepKind kind,
      @org.jspecify.annotations.Nullable Integer parent,
      List<StepInput> inputs) {
    return new PlannedStep(
        ordinal,
        group,
        kind,
        parent,
        "local",
        "local",
        "local-model",
        "prompt " + ordinal,
        0,
        0,
        StepParameters.NONE,
        inputs,
        1,
        price("0.01", "0.01"),
        null,
        List.of(),
        false);
  }

  private int inFlight(UUID batch) {
    return count(
        """
        SELECT count(*) FROM steps WHERE batch_id = ? AND (granted OR state IN ('QUEUED', 'RUNNING'))
        """,
        batch);
  }

  private int groupsInFlight(UUID batch) {
    return count(
        """
        SELECT count(DISTINCT group_index) FROM steps
        WHERE batch_id = ? AND (granted OR state IN ('QUEUED', 'RUNNING'))
        """,
        batch);
  }
}
