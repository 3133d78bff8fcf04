package io.kombine.batch.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.batch.control.Decision;
import io.kombine.batch.money.CountingWorkers.Outcome;
import io.kombine.batch.rebuild.RebuildService;
import io.kombine.batch.rebuild.Rebuilt;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepState;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class RebuildIT extends MoneyTest {

  @Autowired RebuildService rebuild;

  @Test
  void stepsMadeAnewFromPlanAndEventsAreWhatTheyWere() {
    // some succeed, some fail and are tried again, one is unknown and given up
    workers.behaviour =
        step ->
            switch (step.ordinal()) {
              case 0 -> new Outcome(StepState.UNKNOWN, null);
              case 3 -> new Outcome(StepState.FAILED, new BigDecimal("0.004"));
              default -> Outcome.atPrice(step);
            };
    UUID id = batch("rebuilt", 4, 2, price("0.01", "0.02"), null);
    within(40)
        .until(() ->
            succeeded(id) == 6
                && stateOf(id, 0).equals("UNKNOWN")
                && stateOf(id, 3).equals("FAILED"));
    workers.behaviour = Outcome::atPrice;
    control.retryFailed(id);
    within(40).until(() -> succeeded(id) == 9);
    control.decide(id, stepId(id, 0), Decision.GIVE_UP);
    within(20)
        .until(() ->
            count("SELECT count(*) FROM steps WHERE batch_id = ? AND NOT announced", id) == 0);
    Map<Integer, String> before = steps(id);
    BigDecimal spent = row(id).spent();
    BigDecimal account = accounts.of("rebuilt").spent();

    Rebuilt compared = rebuild.rebuild(id, false);
    assertThat(compared.different()).isEmpty();
    assertThat(compared.steps()).isEqualTo(12);

    jdbc.sql(
            "UPDATE steps SET state = 'READY', rank = 2, epoch = 7, cost = 5 WHERE batch_id = ? AND kind = ?")
        .params(id, StepKind.I2V.wireName())
        .update();
    jdbc.sql("DELETE FROM step_outputs WHERE batch_id = ?").param(id).update();
    control.pause(id, "user");
    assertThat(rebuild.rebuild(id, false).different()).isNotEmpty();
    assertThat(rebuild.rebuild(id, true).written()).isTrue();
    assertThat(steps(id)).isEqualTo(before);
    assertThat(row(id).spent()).isEqualByComparingTo(spent);
    assertThat(accounts.of("rebuilt").spent()).isEqualByComparingTo(account);
    assertThat(rebuild.rebuild(id, false).different()).isEmpty();
  }

  private Map<Integer, String> steps(UUID id) {
    Map<Integer, String> steps = new TreeMap<>();
    jdbc.sql(
            """
            SELECT ordinal, concat_ws('|', state, epoch, rank, settled_epoch, trim_scale(cost),
              trim_scale(hold), error_code, finished_at IS NOT NULL, granted,
              (SELECT string_agg(artifact ->> 'sha256', ',' ORDER BY output_index)
               FROM step_outputs o WHERE o.step_id = s.step_id),
              (SELECT string_agg(concat(c.epoch, c.outcome, trim_scale(c.cost)), ',' ORDER BY c.epoch)
               FROM step_charges c WHERE c.step_id = s.step_id)) AS digest
            FROM steps s WHERE batch_id = ?
            """)
        .param(id)
        .query(row -> {
          steps.put(row.getInt("ordinal"), row.getString("digest"));
        });
    return steps;
  }

  private String stateOf(UUID id, int ordinal) {
    return jdbc.sql("SELECT state FROM steps WHERE batch_id = ? AND ordinal = ?")
        .params(id, ordinal)
        .query(String.class)
        .single();
  }

  private UUID stepId(UUID id, int ordinal) {
    return jdbc.sql("SELECT step_id FROM steps WHERE batch_id = ? AND ordinal = ?")
        .params(id, ordinal)
        .query(UUID.class)
        .single();
  }
}
