package io.kombine.batch.step;

import io.kombine.contracts.ContractJson;
import io.kombine.contracts.StepOutput;
import io.kombine.contracts.StepState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads and writes steps of batches that the transaction has locked (see {@code BatchRows.lock}).
 * Many steps are one statement.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
public class StepRows {

  /** Rows in one statement, so that a batch of any size takes bounded memory in the driver. */
  private static final int CHUNK = 2_000;

  private static final String UPDATE =
      """
      UPDATE steps s SET
        state = n.state, epoch = n.epoch, rank = n.rank, settled_epoch = n.settled_epoch,
        attempt = n.attempt, retry_at = n.retry_at, granted = n.granted, hold = n.hold,
        cost = n.cost, error_code = n.error_code, error_message = n.error_message,
        stopped = n.stopped, worker = n.worker, announced = n.announced,
        touched_at = n.touched_at, queued_at = n.queued_at, started_at = n.started_at,
        finished_at = n.finished_at, inputs = coalesce(n.inputs, s.inputs),
        content_key = CASE WHEN n.inputs IS NULL THEN s.content_key ELSE n.content_key END
      FROM jsonb_to_recordset(CAST(? AS jsonb)) AS n (
        step_id uuid, state text, epoch int, rank smallint, settled_epoch int, attempt int,
        retry_at timestamptz, granted boolean, hold numeric, cost numeric, error_code text,
        error_message text, stopped text, worker text, announced boolean, touched_at timestamptz,
        queued_at timestamptz, started_at timestamptz, finished_at timestamptz, inputs jsonb,
        content_key text)
      WHERE s.step_id = n.step_id AND (s.epoch, s.rank) <= (n.epoch, n.rank)
      """;

  private final JdbcClient jdbc;
  private final StepOutputRows outputs;
  private final StepChargeRows charges;

  StepRows(JdbcClient jdbc, StepOutputRows outputs, StepChargeRows charges) {
    this.jdbc = jdbc;
    this.outputs = outputs;
    this.charges = charges;
  }

  /**
   * Some steps of locked batches.
   *
   * @param alone steps to be read by themselves
   * @param withDescendants steps to be read with their children, and theirs
   */
  public Map<UUID, List<StepRow>> load(
      Collection<UUID> batchIds, Collection<UUID> alone, Collection<UUID> withDescendants) {
    return byBatch(
        jdbc.sql(
                """
                WITH RECURSIVE family AS (
                  SELECT step_id FROM steps WHERE step_id = ANY (?)
                  UNION
                  SELECT s.step_id FROM steps s JOIN family f ON s.parent_id = f.step_id),
                wanted AS (SELECT step_id FROM family UNION SELECT unnest(?))
                SELECT %s FROM steps JOIN wanted USING (step_id)
                WHERE batch_id = ANY (?) ORDER BY batch_id, ordinal
                """
                    .formatted(StepRowReader.COLUMNS))
            .params(ids(withDescendants), ids(alone), ids(batchIds))
            .query(new StepRowReader())
            .list());
  }

  /** All steps of one locked batch, at most {@code Plan.MAX_STEPS}. */
  public List<StepRow> loadBatch(UUID batchId) {
    return jdbc.sql(
            "SELECT %s FROM steps WHERE batch_id = ? ORDER BY ordinal"
                .formatted(StepRowReader.COLUMNS))
        .param(batchId)
        .query(new StepRowReader())
        .list();
  }

  /** All steps of some groups of one locked batch: a step and its children are of one group. */
  public List<StepRow> loadGroups(UUID batchId, Collection<Integer> groups) {
    return jdbc.sql(
            "SELECT %s FROM steps WHERE batch_id = ? AND group_index = ANY (?) ORDER BY ordinal"
                .formatted(StepRowReader.COLUMNS))
        .params(batchId, groups.toArray(Integer[]::new))
        .query(new StepRowReader())
        .list();
  }

  /** What the steps of a batch have produced. */
  public Map<UUID, List<StepOutput>> outputs(UUID batchId) {
    return outputs.ofBatch(batchId);
  }

  /** What these steps have produced. */
  public Map<UUID, List<StepOutput>> outputsOf(Collection<UUID> stepIds) {
    return outputs.ofSteps(stepIds);
  }

  /** Writes moves of a batch: steps, outputs, charges and what is spent. Files are the caller's. */
  public void save(StepMoves moves) {
    charges.write(moves);
    List<StepRow> changed = moves.changed();
    for (int from = 0; from < changed.size(); from += CHUNK) {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (StepRow step : changed.subList(from, Math.min(changed.size(), from + CHUNK))) {
        rows.add(StepRowReader.columns(step));
      }
      jdbc.sql(UPDATE).param(ContractJson.mapper().writeValueAsString(rows)).update();
    }
    outputs.write(moves.batch(), moves.outputs());
    outputs.index(moves.outputs().keySet());
    if (moves.moved()) {
      jdbc.sql(
              """
              UPDATE batches SET manifest_written = false, deliveries_complete = false
              WHERE batch_id = ? AND (manifest_written OR deliveries_complete)
              """)
          .param(moves.batch().batchId())
          .update();
      lowerNeed(moves);
    }
  }

  /** A batch that is out of money may have got a cheaper step than it was paused for. */
  private void lowerNeed(StepMoves moves) {
    moves.changed().stream()
        .filter(step -> step.state == StepState.READY || step.state == StepState.RETRY_WAIT)
        .map(step -> step.plan.priceHold().subtract(step.hold))
        .min(BigDecimal::compareTo)
        .ifPresent(need ->
            jdbc.sql("UPDATE batches SET budget_need = ? WHERE batch_id = ? AND budget_need > ?")
                .params(need, moves.batch().batchId(), need)
                .update());
  }

  private static Map<UUID, List<StepRow>> byBatch(List<StepRow> rows) {
    Map<UUID, List<StepRow>> batches = new HashMap<>();
    for (StepRow row : rows) {
      batches.computeIfAbsent(row.plan.batchId(), any -> new ArrayList<>()).add(row);
    }
    return batches;
  }

  private static UUID[] ids(Collection<UUID> ids) {
    return ids.toArray(UUID[]::new);
  }
}
