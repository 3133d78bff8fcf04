package io.kombine.batch.step;

import io.kombine.batch.step.StepMoves.Charge;
import io.kombine.batch.step.StepMoves.ChargeKey;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.StepState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What admissions were billed: the ledger's rows, and with them what a batch has spent. */
@Repository
class StepChargeRows {

  private final JdbcClient jdbc;

  StepChargeRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Writes the charges of moves, each in place of an earlier one of the same admission, and adds
   * the difference to steps and batch. A report without a cost leaves a row only where it is {@code
   * UNKNOWN}, and settles at nothing what was unknown before.
   */
  void write(StepMoves moves) {
    if (moves.charges().isEmpty()) {
      return;
    }
    Map<ChargeKey, Row> known = known(moves);
    BigDecimal spent = BigDecimal.ZERO;
    List<Row> rows = new ArrayList<>();
    for (var entry : moves.charges().entrySet()) {
      ChargeKey key = entry.getKey();
      Charge charge = entry.getValue();
      Row before = known.get(key);
      if (charge.cost() == null && charge.outcome() != StepState.UNKNOWN && before == null) {
        continue;
      }
      BigDecimal paid = before == null || before.cost() == null ? BigDecimal.ZERO : before.cost();
      BigDecimal cost = charge.cost();
      if (cost == null && charge.outcome() != StepState.UNKNOWN) {
        cost = paid;
      }
      rows.add(
          new Row(
              key.stepId(), key.epoch(), cost, charge.attempt(), charge.outcome(), charge.time()));
      StepRow step = moves.step(key.stepId());
      if (cost != null) {
        BigDecimal more = cost.subtract(paid);
        if (step != null && charge.cost() != null) {
          step.charge(more);
        }
        spent = spent.add(more);
      }
    }
    if (!rows.isEmpty()) {
      insert(moves.batch().batchId(), rows);
    }
    if (spent.signum() != 0) {
      jdbc.sql("UPDATE batches SET spent = spent + ? WHERE batch_id = ?")
          .params(spent, moves.batch().batchId())
          .update();
    }
  }

  private Map<ChargeKey, Row> known(StepMoves moves) {
    Map<ChargeKey, Row> known = new HashMap<>();
    jdbc.sql(
            """
            SELECT step_id, epoch, cost, attempt, outcome, charged_at FROM step_charges
            WHERE step_id = ANY (?)
            """)
        .param(moves.charges().keySet().stream().map(ChargeKey::stepId).toArray(UUID[]::new))
        .query(row -> {
          UUID stepId = row.getObject("step_id", UUID.class);
          int epoch = row.getInt("epoch");
          known.put(
              new ChargeKey(stepId, epoch),
              new Row(
                  stepId,
                  epoch,
                  row.getBigDecimal("cost"),
                  row.getInt("attempt"),
                  StepState.valueOf(row.getString("outcome")),
                  row.getTimestamp("charged_at").toInstant()));
        });
    return known;
  }

  private void insert(UUID batchId, List<Row> rows) {
    jdbc.sql(
            """
            INSERT INTO step_charges AS c (
              step_id, epoch, batch_id, cost, attempt, outcome, charged_at)
            SELECT "stepId", epoch, ?, cost, attempt, outcome, time
            FROM jsonb_to_recordset(CAST(? AS jsonb)) AS n (
              "stepId" uuid, epoch int, cost numeric, attempt int, outcome text, time timestamptz)
            ON CONFLICT (step_id, epoch) DO UPDATE SET
              cost = coalesce(excluded.cost, c.cost), attempt = excluded.attempt,
              outcome = excluded.outcome, charged_at = excluded.charged_at
            """)
        .params(batchId, ContractJson.mapper().writeValueAsString(rows))
        .update();
  }

  private record Row(
      UUID stepId,
      int epoch,
      @Nullable BigDecimal cost,
      int attempt,
      StepState outcome,
      Instant time) {}
}
