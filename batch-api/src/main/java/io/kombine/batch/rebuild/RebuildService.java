package io.kombine.batch.rebuild;

import io.kombine.batch.event.EventLog;
import io.kombine.batch.model.BatchRow;
import io.kombine.batch.model.BatchRows;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.step.StepMoves;
import io.kombine.batch.step.StepRows;
import io.kombine.contracts.StepState;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts a batch's steps back to their plan and applies all events to them again. One transaction
 * under the batch's lock, so that nothing is told or admitted meanwhile; events that come later are
 * applied afterwards, and those that the tables had not seen yet change nothing a second time.
 *
 * <p>Not in the events, and therefore not rebuilt: which children were granted (they are admitted
 * or chained all the same), and files, whose rows stay as they are.
 */
@Service
public class RebuildService {

  private static final String DIGEST =
      """
      SELECT s.step_id, concat_ws('|', s.state, s.epoch, trim_scale(s.cost), s.error_code,
        (SELECT string_agg(o.artifact ->> 'sha256', ',' ORDER BY o.output_index)
         FROM step_outputs o WHERE o.step_id = s.step_id),
        (SELECT string_agg(concat(c.epoch, ':', trim_scale(c.cost)), ',' ORDER BY c.epoch)
         FROM step_charges c WHERE c.step_id = s.step_id)) AS digest
      FROM steps s WHERE s.batch_id = ?
      """;

  private final BatchRows batches;
  private final StepRows steps;
  private final EventLog log;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;

  RebuildService(
      BatchRows batches,
      StepRows steps,
      EventLog log,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Clock clock) {
    this.batches = batches;
    this.steps = steps;
    this.log = log;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Rebuilds a batch's steps.
   *
   * @param write false to compare only and leave everything as it is
   * @throws ProblemException where there is no such batch, or its first events are no longer kept
   */
  public Rebuilt rebuild(UUID batchId, boolean write) {
    Rebuilt rebuilt =
        transaction.execute(status -> {
          Rebuilt result = locked(batchId, write);
          if (!write) {
            status.setRollbackOnly();
          }
          return result;
        });
    if (rebuilt == null) {
      throw new IllegalStateException("the rebuild of " + batchId + " has no result");
    }
    return rebuilt;
  }

  private Rebuilt locked(UUID batchId, boolean write) {
    BatchRow batch = batches.lock(Set.of(batchId)).get(batchId);
    if (batch == null) {
      throw new ProblemException(ProblemType.BATCH_NOT_FOUND, "There is no batch " + batchId + ".");
    }
    EventLog.Told told = log.of(batchId, batch.createdAt());
    if (!told.complete()) {
      throw new ProblemException(
          ProblemType.STATE_CONFLICT, "The batch's first events are no longer kept.");
    }
    Map<UUID, String> before = digests(batchId);
    reset(batchId);
    StepMoves moves = new StepMoves(batch, steps.loadBatch(batchId), clock.instant());
    told.events().forEach(moves::apply);
    steps.save(moves);
    batches.refresh(Set.of(batchId));
    Map<UUID, String> after = digests(batchId);
    List<UUID> different = new ArrayList<>();
    after.forEach((stepId, digest) -> {
      if (!digest.equals(before.get(stepId))) {
        different.add(stepId);
      }
    });
    return new Rebuilt(batchId, after.size(), told.events().size(), different, write);
  }

  private void reset(UUID batchId) {
    for (String table : List.of("step_outputs", "step_charges")) {
      jdbc.sql("DELETE FROM " + table + " WHERE batch_id = ?").param(batchId).update();
    }
    jdbc.sql("UPDATE batches SET spent = 0 WHERE batch_id = ?").param(batchId).update();
    for (StepState first :
        List.of(StepState.WAITING, StepState.AWAITING_APPROVAL, StepState.READY)) {
      jdbc.sql(
              """
              UPDATE steps SET state = :state, rank = :rank, epoch = 1, settled_epoch = 0,
                attempt = 1, retry_at = NULL, granted = false, hold = 0, cost = NULL,
                error_code = NULL, error_message = NULL, stopped = NULL, worker = NULL,
                announced = true, queued_at = NULL, started_at = NULL, finished_at = NULL
              WHERE batch_id = :batch AND :state = CASE
                WHEN parent_id IS NOT NULL OR (
                  SELECT coalesce(array_position(b.stages, steps.kind), 1) > 1 FROM batches b
                  WHERE b.batch_id = steps.batch_id) THEN 'WAITING'
                WHEN needs_approval THEN 'AWAITING_APPROVAL'
                ELSE 'READY' END
              """)
          .param("state", first.name())
          .param("rank", first.rank())
          .param("batch", batchId)
          .update();
    }
  }

  private Map<UUID, String> digests(UUID batchId) {
    Map<UUID, String> digests = new HashMap<>();
    jdbc.sql(DIGEST)
        .param(batchId)
        .query(row -> {
          digests.put(row.getObject("step_id", UUID.class), row.getString("digest"));
        });
    return digests;
  }
}
