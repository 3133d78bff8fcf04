package io.kombine.batch.approval;

import io.kombine.batch.model.BatchRow;
import io.kombine.batch.model.BatchRows;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.contracts.BatchControl.Hold;
import io.kombine.contracts.StepState;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lets steps that wait for approval go on to admission. */
@Service
public class ApprovalService {

  private final BatchRows batches;
  private final JdbcClient jdbc;
  private final Clock clock;

  ApprovalService(BatchRows batches, JdbcClient jdbc, Clock clock) {
    this.batches = batches;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Approves steps of a batch that wait for it; those that do not are left as they are, so asking
   * again is harmless. Asks for no owner: that is the caller's to check.
   *
   * @param stepIds which; absent for all that wait now
   * @return the ids of the steps that were approved by this call
   * @throws ProblemException when the batch is cancelled
   */
  @Transactional
  public List<UUID> approve(UUID batchId, @Nullable List<UUID> stepIds) {
    BatchRow batch = batches.lock(Set.of(batchId)).get(batchId);
    if (batch == null) {
      return List.of();
    }
    if (batch.hold() == Hold.CANCELLED) {
      throw new ProblemException(
          ProblemType.STATE_CONFLICT, "The batch is cancelled; nothing of it will run.");
    }
    List<UUID> approved =
        jdbc.sql(
                """
                UPDATE steps SET state = :ready, rank = :rank, announced = false, touched_at = :now
                WHERE batch_id = :batch AND state = :waiting
                  AND (CAST(:ids AS uuid[]) IS NULL OR step_id = ANY (CAST(:ids AS uuid[])))
                RETURNING step_id
                """)
            .param("ready", StepState.READY.name())
            .param("rank", StepState.READY.rank())
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .param("batch", batchId)
            .param("waiting", StepState.AWAITING_APPROVAL.name())
            .param("ids", stepIds == null ? null : stepIds.toArray(UUID[]::new))
            .query(UUID.class)
            .list();
    if (!approved.isEmpty()) {
      // why: a batch that is out of money may have got a cheaper step than it was paused for
      jdbc.sql(
              """
              UPDATE batches SET budget_need = least(budget_need,
                (SELECT min(price_hold - steps.hold) FROM steps WHERE step_id = ANY (?)))
              WHERE batch_id = ? AND budget_need IS NOT NULL
              """)
          .params(approved.toArray(UUID[]::new), batchId)
          .update();
      batches.refresh(Set.of(batchId));
    }
    return approved.stream().sorted().toList();
  }
}
