package io.kombine.batch.approval;

import io.kombine.batch.model.BatchRow;
import io.kombine.batch.model.BatchRows;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.step.StepMoves;
import io.kombine.batch.step.StepRow;
import io.kombine.batch.step.StepRows;
import io.kombine.contracts.BatchControl.Hold;
import io.kombine.contracts.ContractJson;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * A person's verdict on steps that wait for one. Approved steps go to admission at once, rejected
 * ones are skipped with all that needs their outputs, and a later verdict on a step that was named
 * overrules an earlier one for as long as the step is not queued. Asks for no owner: that is the
 * caller's to check.
 */
@Service
public class ApprovalService {

  private static final String WAITING = "state = 'AWAITING_APPROVAL'";

  private final BatchRows batches;
  private final StepRows steps;
  private final JdbcClient jdbc;
  private final Clock clock;

  ApprovalService(BatchRows batches, StepRows steps, JdbcClient jdbc, Clock clock) {
    this.batches = batches;
    this.steps = steps;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Approves steps of a batch that wait for it; those that do not are left as they are, so asking
   * again is harmless.
   *
   * @param stepIds which; absent for all that wait now
   * @return the ids of the steps that were approved by this call
   * @throws ProblemException when the batch is cancelled
   */
  @Transactional
  public List<UUID> approve(UUID batchId, @Nullable List<UUID> stepIds) {
    return decide(batchId, selection(stepIds), Verdict.APPROVE);
  }

  /**
   * Rejects steps of a batch; otherwise as {@link #approve}.
   *
   * @return the ids of the steps that were rejected by this call, without what was skipped for them
   */
  @Transactional
  public List<UUID> reject(UUID batchId, @Nullable List<UUID> stepIds) {
    return decide(batchId, selection(stepIds), Verdict.REJECT);
  }

  /**
   * Decides on steps of a batch.
   *
   * @return the ids of the steps that the verdict changed
   * @throws ProblemException when the batch is cancelled
   */
  @Transactional
  public List<UUID> decide(UUID batchId, Selection selection, Verdict verdict) {
    BatchRow batch = batches.lock(Set.of(batchId)).get(batchId);
    if (batch == null) {
      return List.of();
    }
    if (batch.hold() == Hold.CANCELLED) {
      throw new ProblemException(
          ProblemType.STATE_CONFLICT, "The batch is cancelled; nothing of it will run.");
    }
    List<UUID> chosen = chosen(batchId, selection);
    List<StepRow> family =
        steps.load(Set.of(batchId), Set.of(), chosen).getOrDefault(batchId, List.of());
    StepMoves moves = new StepMoves(batch, family, clock.instant());
    List<UUID> decided =
        switch (verdict) {
          case APPROVE -> moves.approve(chosen);
          case REJECT -> moves.reject(chosen);
        };
    if (!decided.isEmpty()) {
      steps.save(moves);
      batches.refresh(Set.of(batchId));
    }
    return decided.stream().sorted().toList();
  }

  private static Selection selection(@Nullable List<UUID> stepIds) {
    return stepIds == null ? new Selection.All() : new Selection.Steps(stepIds);
  }

  private List<UUID> chosen(UUID batchId, Selection selection) {
    return switch (selection) {
      case Selection.Steps named -> named.stepIds().stream().distinct().toList();
      case Selection.All all ->
          jdbc.sql("SELECT step_id FROM steps WHERE batch_id = ? AND " + WAITING)
              .param(batchId)
              .query(UUID.class)
              .list();
      case Selection.Groups groups ->
          jdbc.sql(
                  "SELECT step_id FROM steps WHERE batch_id = ? AND group_index = ANY (?) AND "
                      + WAITING)
              .params(batchId, groups.indexes().toArray(Integer[]::new))
              .query(UUID.class)
              .list();
      case Selection.Outputs made -> madeOf(batchId, made.outputs());
    };
  }

  /** why by content: a step that waits holds the output it will be made of, not its index */
  private List<UUID> madeOf(UUID batchId, List<Selection.Output> outputs) {
    return jdbc.sql(
            """
            SELECT s.step_id FROM steps s
            WHERE s.batch_id = :batch AND s.state = 'AWAITING_APPROVAL' AND EXISTS (
              SELECT 1
              FROM jsonb_to_recordset(CAST(:outputs AS jsonb)) AS c ("stepId" uuid, index int)
              JOIN step_outputs o ON o.step_id = c."stepId" AND o.output_index = c.index
              WHERE o.step_id = s.parent_id
                AND s.inputs @> jsonb_build_array(jsonb_build_object(
                  'artifact', jsonb_build_object('sha256', o.artifact -> 'sha256'))))
            """)
        .param("batch", batchId)
        .param("outputs", ContractJson.mapper().writeValueAsString(outputs))
        .query(UUID.class)
        .list();
  }
}
