package io.kombine.batch.event;

import static io.kombine.batch.event.Scenario.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kombine.batch.event.Scenario.Step;
import io.kombine.contracts.BatchStatus;
import io.kombine.contracts.DeliveryState;
import io.kombine.contracts.StatusEvent;
import io.kombine.contracts.StepState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

class EventTransactionIT extends SettlementTest {

  @Autowired Scenario scenario;
  @Autowired EventTransaction transaction;
  @Autowired AppliedOffsets offsets;
  @Autowired TransactionTemplate inTransaction;

  /** What must not depend on the order in which reports come. */
  private record End(
      int ordinal,
      StepState state,
      int epoch,
      int attempt,
      boolean granted,
      String hold,
      String cost) {}

  @Test
  void anyInterleavingAndDuplicatesEndTheSame() {
    anyInterleavingEndsTheSame(new Random().nextLong());
  }

  @Test
  void heldMoneyOfAnUnknownDoesNotDependOnWhetherItsStartWasHeardOf() {
    anyInterleavingEndsTheSame(8456281861824585878L);
  }

  private void anyInterleavingEndsTheSame(long seed) {
    for (int round = 0; round < 12; round++) {
      Random story = new Random(seed + round);
      List<List<End>> ends = new ArrayList<>();
      List<String> spent = new ArrayList<>();
      for (int shuffle = 0; shuffle < 3; shuffle++) {
        UUID batchId = scenario.batch(4, 2);
        scenario.admit(batchId, true);
        List<StatusEvent> events = told(batchId, new Random(seed + round));
        Random order = new Random(story.nextLong());
        List<StatusEvent> all = new ArrayList<>(events);
        for (StatusEvent event : events) {
          if (order.nextInt(3) == 0) {
            all.add(event);
          }
        }
        if (shuffle > 0) {
          Collections.shuffle(all, order);
        }
        for (int from = 0; from < all.size(); ) {
          int to = Math.min(all.size(), from + 1 + order.nextInt(6));
          scenario.tell(all.subList(from, to));
          scenario.booksAgree(batchId);
          from = to;
        }
        ends.add(scenario.steps(batchId).stream().map(EventTransactionIT::end).toList());
        spent.add(
            scenario.row(batchId).spent().stripTrailingZeros().toPlainString()
                + " "
                + scenario.count(
                    "SELECT count(*) FROM deliveries WHERE batch_id = ? AND NOT manifest", batchId)
                + " "
                + scenario.row(batchId).filesDelivered()
                + " "
                + scenario.row(batchId).status());
      }
      assertThat(ends).as("seed %d round %d", seed, round).allMatch(ends.getFirst()::equals);
      assertThat(spent).as("seed %d round %d", seed, round).allMatch(spent.getFirst()::equals);
    }
  }

  private static End end(Step step) {
    return new End(
        step.ordinal(),
        step.state(),
        step.epoch(),
        step.attempt(),
        step.granted(),
        step.hold().stripTrailingZeros().toPlainString(),
        step.cost() == null ? "" : step.cost().stripTrailingZeros().toPlainString());
  }

  private List<StatusEvent> told(UUID batchId, Random random) {
    List<StatusEvent> events = new ArrayList<>();
    List<Step> steps = scenario.steps(batchId);
    Map<UUID, Boolean> succeeded = new java.util.HashMap<>();
    for (Step step : steps) {
      if (step.parentId() != null && !succeeded.getOrDefault(step.parentId(), false)) {
        continue;
      }
      events.add(event(batchId, step, 1, StepState.RUNNING));
      switch (random.nextInt(6)) {
        case 0 -> events.add(event(batchId, step, 1, StepState.FAILED));
        case 1 -> events.add(event(batchId, step, 1, StepState.RETRY_WAIT, "0.001"));
        case 2 -> events.add(event(batchId, step, 1, StepState.UNKNOWN));
        case 3 -> {
          events.add(event(batchId, step, 1, StepState.UNKNOWN));
          events.add(event(batchId, step, 1, StepState.SUCCEEDED, "0.003"));
          succeeded.put(step.stepId(), true);
        }
        default -> {
          events.add(event(batchId, step, 1, StepState.SUCCEEDED, "0.002"));
          events.add(
              scenario.delivery(batchId, scenario.deliveryOf(step), 1, DeliveryState.DELIVERED));
          succeeded.put(step.stepId(), true);
        }
      }
    }
    return events;
  }

  @Test
  void everyBilledEpochIsSpentOnceHoweverOftenItIsTold() {
    UUID batchId = scenario.batch(1, 0);
    scenario.admit(batchId, false);
    Step step = scenario.step(batchId, 0);
    StatusEvent first = event(batchId, step, 1, StepState.RETRY_WAIT, "0.001");
    scenario.tell(first, first);
    scenario.tell(first);
    assertThat(scenario.step(batchId, 0).attempt()).isEqualTo(2);
    assertThat(scenario.step(batchId, 0).hold()).isEqualByComparingTo("0");
    scenario.admit(batchId, false);
    StatusEvent second = event(batchId, step, 2, StepState.SUCCEEDED, "0.002");
    scenario.tell(second, first, second);
    scenario.tell(second, first);

    assertThat(scenario.row(batchId).spent()).isEqualByComparingTo("0.003");
    assertThat(scenario.step(batchId, 0).cost()).isEqualByComparingTo("0.003");
    assertThat(scenario.step(batchId, 0).settledEpoch()).isEqualTo(2);
    scenario.booksAgree(batchId);
  }

  @Test
  void betterReportOfTheSameEpochReplacesItsCharge() {
    UUID batchId = scenario.batch(1, 0);
    scenario.admit(batchId, false);
    Step step = scenario.step(batchId, 0);
    scenario.tell(event(batchId, step, 1, StepState.FAILED, "0.001"));
    scenario.tell(event(batchId, step, 1, StepState.SUCCEEDED, "0.002"));

    assertThat(scenario.row(batchId).spent()).isEqualByComparingTo("0.002");
    scenario.booksAgree(batchId);
  }

  @Test
  void resultRepeatedUnderALaterEpochIsChargedOnce() {
    UUID batchId = scenario.batch(1, 0);
    scenario.admit(batchId, false);
    Step step = scenario.step(batchId, 0);
    // the sweeper has admitted it again before its result was read
    inTransaction.executeWithoutResult(any ->
        scenario.count("UPDATE steps SET epoch = 2 WHERE batch_id = ? RETURNING 1", batchId));
    scenario.tell(event(batchId, step, 1, StepState.SUCCEEDED, "0.002"));
    assertThat(scenario.step(batchId, 0).state()).isEqualTo(StepState.QUEUED);
    scenario.tell(event(batchId, step, 2, StepState.SUCCEEDED, "0.002"));

    assertThat(scenario.row(batchId).spent()).isEqualByComparingTo("0.002");
    scenario.booksAgree(batchId);
  }

  @Test
  void crashBetweenApplyingAndStoringTheOffsetRepeatsNothing() {
    UUID batchId = scenario.batch(1, 1);
    scenario.admit(batchId, false);
    Step step = scenario.step(batchId, 0);
    var placed = scenario.placed(List.of(event(batchId, step, 1, StepState.SUCCEEDED, "0.002")));
    long before = offset();
    assertThatThrownBy(() ->
            inTransaction.executeWithoutResult(any -> {
              transaction.apply(placed);
              throw new IllegalStateException("the process dies here");
            }))
        .hasMessageContaining("dies");
    assertThat(offset()).isEqualTo(before);
    assertThat(scenario.step(batchId, 0).state()).isEqualTo(StepState.QUEUED);
    assertThat(scenario.row(batchId).spent()).isEqualByComparingTo("0");

    transaction.apply(placed);
    transaction.apply(placed);
    assertThat(offset()).isEqualTo(placed.getLast().offset() + 1);
    assertThat(scenario.row(batchId).spent()).isEqualByComparingTo("0.002");
    assertThat(scenario.step(batchId, 1).state()).isEqualTo(StepState.READY);
    assertThat(scenario.step(batchId, 1).announced()).isFalse();
    scenario.booksAgree(batchId);
  }

  private long offset() {
    return offsets.find(List.of(Scenario.PARTITION)).getOrDefault(Scenario.PARTITION, -1L);
  }

  @Test
  void childIsFilledWithItsParentsOutputAndReadyUnlessGranted() {
    UUID batchId = scenario.batch(2, 1);
    scenario.admit(batchId, true);
    scenario.count(
        "UPDATE steps SET granted = false, hold = 0 WHERE batch_id = ? AND ordinal = 3 RETURNING 1",
        batchId);
    scenario.tell(
        event(batchId, scenario.step(batchId, 0), 1, StepState.SUCCEEDED, "0.002"),
        event(batchId, scenario.step(batchId, 2), 1, StepState.SUCCEEDED, "0.002"));

    assertThat(scenario.step(batchId, 1).state()).isEqualTo(StepState.WAITING);
    assertThat(scenario.step(batchId, 1).granted()).isTrue();
    assertThat(scenario.step(batchId, 3).state()).isEqualTo(StepState.READY);
    assertThat(
            scenario.count(
                """
                SELECT count(*) FROM steps c JOIN step_outputs o ON o.step_id = c.parent_id
                WHERE c.batch_id = ? AND c.inputs #>> '{0,artifact,sha256}' = o.artifact ->> 'sha256'
                """,
                batchId))
        .isEqualTo(2);
  }

  @Test
  void stepsAfterAFailedOneAreSkippedAndLetTheirMoneyGo() {
    UUID batchId = scenario.batch(1, 3);
    scenario.admit(batchId, true);
    scenario.tell(event(batchId, scenario.step(batchId, 0), 1, StepState.FAILED));

    assertThat(scenario.steps(batchId).subList(1, 4))
        .allMatch(step -> step.state() == StepState.SKIPPED)
        .allMatch(step -> step.hold().signum() == 0 && !step.granted() && !step.announced());
    scenario.booksAgree(batchId);
  }

  @Test
  void runningToldAgainIsOnlyASignOfLife() {
    UUID batchId = scenario.batch(1, 0);
    scenario.admit(batchId, false);
    Step step = scenario.step(batchId, 0);
    scenario.tell(event(batchId, step, 1, StepState.RUNNING));
    assertThat(scenario.row(batchId).status()).isEqualTo(BatchStatus.RUNNING);
    long revision = scenario.row(batchId).revision();
    scenario.count(
        "UPDATE steps SET touched_at = '2020-01-01Z' WHERE step_id = ? RETURNING 1", step.stepId());
    scenario.tell(event(batchId, step, 1, StepState.RUNNING));

    assertThat(
            scenario.count(
                "SELECT count(*) FROM steps WHERE step_id = ? AND touched_at > '2021-01-01Z'",
                step.stepId()))
        .isOne();
    assertThat(scenario.row(batchId).revision()).isEqualTo(revision);
  }

  @Test
  void sameBytesOfOneOwnerKeepOneArtifactId() {
    UUID one = scenario.batch(1, 0);
    scenario.admit(one, false);
    UUID other = scenario.batch(1, 0);
    scenario.admit(other, false);
    Step source = scenario.step(one, 0);
    scenario.tell(event(one, source, 1, StepState.SUCCEEDED));
    var same = event(one, source, 1, StepState.SUCCEEDED);
    Step target = scenario.step(other, 0);
    scenario.tell(
        new io.kombine.contracts.StepEvent(
            1,
            same.eventId(),
            other,
            target.stepId(),
            target.kind(),
            0,
            0,
            1,
            1,
            StepState.SUCCEEDED,
            same.time(),
            "worker",
            "local",
            same.outputs(),
            null,
            null,
            null,
            null));

    assertThat(
            scenario.count(
                "SELECT count(DISTINCT artifact_id) FROM step_outputs WHERE batch_id IN (?, ?)",
                one,
                other))
        .isOne();
  }

  @Test
  void givenBackStepTakesTheNextEpochAndItsChildrenLoseTheirGrant() {
    UUID batchId = scenario.batch(1, 2);
    scenario.admit(batchId, true);
    scenario.tell(event(batchId, scenario.step(batchId, 0), 2, StepState.READY));

    Step back = scenario.step(batchId, 0);
    assertThat(back.state()).isEqualTo(StepState.READY);
    assertThat(back.epoch()).isEqualTo(2);
    assertThat(back.settledEpoch()).isEqualTo(1);
    assertThat(scenario.steps(batchId)).allMatch(s -> !s.granted() && s.hold().signum() == 0);
    scenario.booksAgree(batchId);
  }
}
