package io.kombine.batch.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.batch.account.Account;
import io.kombine.batch.money.CountingWorkers.Outcome;
import io.kombine.contracts.BatchControl.Hold;
import io.kombine.contracts.Ids;
import io.kombine.contracts.StepState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BudgetIT extends MoneyTest {

  private static final String UNFINISHED =
      """
      SELECT count(*) FROM batches b WHERE owner = ? AND EXISTS (
        SELECT 1 FROM steps s WHERE s.batch_id = b.batch_id AND s.state <> 'SUCCEEDED')
      """;

  @Test
  void fiveHundredBatchesRunExactlyTheHalfThatTheirKeysBudgetCovers() {
    String owner = fresh("half");
    accounts.budget(owner, new BigDecimal("10.00"));
    List<UUID> ids = new ArrayList<>();
    // why both: parents that leave their children unaffordable, and batches of roots alone
    IntStream.range(0, 500)
        .parallel()
        .mapToObj(
            i -> batch(owner, i % 2 == 0 ? 4 : 1, i % 2 == 0 ? 0 : 3, price("0.01", "0.01"), null))
        .forEach(id -> {
          synchronized (ids) {
            ids.add(id);
          }
        });
    within(240)
        .until(() -> {
          Account now = accounts.of(owner);
          assertThat(now.spent().add(now.held())).isLessThanOrEqualTo(new BigDecimal("10.00"));
          return now.held().signum() == 0 && allOthersArePaused(owner);
        });

    assertThat(accounts.of(owner).spent()).isEqualByComparingTo("10.00");
    assertThat(workers.calls).hasSize(1_000);
    assertThat(money("SELECT sum(spent) FROM batches WHERE owner = ?", owner))
        .isEqualByComparingTo("10.00");
    assertThat(
            count(
                """
                SELECT count(*) FROM steps s JOIN batches b USING (batch_id)
                WHERE b.owner = ? AND s.hold <> 0
                """,
                owner))
        .isZero();
    assertThat(count(UNFINISHED, owner)).isPositive();

    accounts.budget(owner, new BigDecimal("20.00"));
    within(240).until(() -> count(UNFINISHED, owner) == 0);
    assertThat(accounts.of(owner).spent()).isEqualByComparingTo("20.00");
    assertThat(workers.calls).hasSize(2_000);
  }

  @Test
  void whatCostsLessThanItsHoldLetsOthersRun() {
    String owner = fresh("cheap");
    accounts.budget(owner, new BigDecimal("0.05"));
    UUID id = batch(owner, 8, 0, price("0.01", "0.02"), null);

    // why 4: a fifth needs a hold of 0.02 and 0.01 is left
    within(30)
        .untilAsserted(() -> {
          assertThat(row(id).spent()).isEqualByComparingTo("0.04");
          assertThat(row(id).isHeldByBudget()).isTrue();
          assertThat(accounts.of(owner).held()).isZero();
        });
    assertThat(accounts.of(owner).available()).isEqualByComparingTo("0.01");
  }

  @Test
  void callThatCostsMoreThanItsHoldStopsTheRestAndIsNotHidden() {
    String owner = fresh("excess");
    workers.behaviour = step -> new Outcome(StepState.SUCCEEDED, new BigDecimal("0.09"));
    accounts.budget(owner, new BigDecimal("0.05"));
    UUID one = batch(owner, 1, 0, price("0.05", "0.05"), null);
    within(30).until(() -> row(one).spent().signum() > 0);
    UUID other = batch(owner, 1, 0, price("0.01", "0.01"), null);
    within(30).until(() -> row(other).isHeldByBudget());
    assertThat(accounts.of(owner).available()).isEqualByComparingTo("-0.04");
  }

  @Test
  void batchGoesOnOnceItsOwnLimitIsRaised() {
    UUID id = batch("limited", 3, 1, price("0.01", "0.01"), "0.03");
    within(30)
        .until(() ->
            row(id).isHeldByBudget()
                && row(id).spent().signum() > 0
                && count("SELECT count(*) FROM steps WHERE batch_id = ? AND hold <> 0", id) == 0);
    assertThat(row(id).spent()).isEqualByComparingTo("0.03");

    control.limit(id, new BigDecimal("0.06"));
    within(30).until(() -> row(id).spent().compareTo(new BigDecimal("0.06")) == 0);
    assertThat(row(id).hold()).isEqualTo(Hold.NONE);
  }

  @Test
  void ownersPayOutOfTheirOwnBudgetsOnly() {
    accounts.budget("poor", BigDecimal.ZERO);
    UUID poor = batch("poor", 2, 0, price("0.01", "0.01"), null);
    UUID rich = batch("rich", 2, 0, price("0.01", "0.01"), null);
    within(30)
        .until(() ->
            row(poor).isHeldByBudget()
                && count(
                        "SELECT count(*) FROM steps WHERE batch_id = ? AND state = 'SUCCEEDED'",
                        rich)
                    == 2);
    assertThat(workers.callsOf(poor)).isZero();
  }

  private boolean allOthersArePaused(String owner) {
    return count(UNFINISHED + " AND NOT (hold = 'PAUSED' AND hold_reason = 'budget')", owner) == 0;
  }

  /** An owner of this run alone, so that a test may be run again on the same database. */
  private static String fresh(String name) {
    return name + "-" + Ids.next();
  }
}
