package io.kombine.batch.model;

import io.kombine.batch.plan.StageOrder;
import io.kombine.contracts.BatchControl.Hold;
import io.kombine.contracts.StepCounts;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets steps go that waited for a stage barrier, once it has passed. Part of every transaction that
 * changes steps, so that no event, decision or cancel can be the one after which nobody looked.
 */
@Repository
class StageBarriers {

  private static final String CHILD_CAN_RUN =
      "(s.parent_id IS NULL OR EXISTS (SELECT 1 FROM steps p WHERE p.step_id = s.parent_id"
          + " AND p.state = 'SUCCEEDED'))";

  private final JdbcClient jdbc;

  StageBarriers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Opens and closes stages of a locked batch by where its steps are now. */
  @Transactional(propagation = Propagation.MANDATORY)
  void update(BatchRow batch, Instant now) {
    StageOrder stages = batch.stages();
    if (!stages.hasBarriers() || batch.hold() == Hold.CANCELLED) {
      return;
    }
    Map<StepKind, StepCounts> counts = counts(batch.batchId());
    int open = stages.open(counts);
    jdbc.sql("UPDATE batches SET open_stages = ? WHERE batch_id = ? AND open_stages <> ?")
        .params(open, batch.batchId(), open)
        .update();
    Set<String> waiting = new TreeSet<>();
    for (StepKind kind : stages.first(open)) {
      StepCounts stage = counts.get(kind);
      if (stages.isBehindBarrier(kind) && stage != null && stage.waiting() > 0) {
        waiting.add(kind.wireName());
      }
    }
    if (!waiting.isEmpty()) {
      release(batch.batchId(), waiting, now);
    }
  }

  private void release(UUID batchId, Set<String> kinds, Instant now) {
    int released =
        jdbc.sql(
                """
                UPDATE steps s SET
                  state = CASE WHEN needs_approval THEN :approval ELSE :ready END,
                  rank = CASE WHEN needs_approval THEN :approvalRank ELSE :readyRank END,
                  settled_epoch = greatest(settled_epoch, epoch - 1),
                  announced = false, touched_at = :now
                WHERE s.batch_id = :batch AND s.kind = ANY (:kinds) AND s.state = :waiting
                  AND NOT s.granted AND %s
                """
                    .formatted(CHILD_CAN_RUN))
            .param("approval", StepState.AWAITING_APPROVAL.name())
            .param("approvalRank", StepState.AWAITING_APPROVAL.rank())
            .param("ready", StepState.READY.name())
            .param("readyRank", StepState.READY.rank())
            .param("waiting", StepState.WAITING.name())
            .param("batch", batchId)
            .param("kinds", kinds.toArray(String[]::new))
            .param("now", now.atOffset(ZoneOffset.UTC))
            .update();
    if (released > 0) {
      // why: a batch that is out of money may have got a cheaper step than it was paused for
      jdbc.sql(
              """
              UPDATE batches SET budget_need = least(budget_need,
                (SELECT min(price_hold - hold) FROM steps
                 WHERE batch_id = :batch AND state = 'READY' AND kind = ANY (:kinds)))
              WHERE batch_id = :batch AND budget_need IS NOT NULL
              """)
          .param("batch", batchId)
          .param("kinds", kinds.toArray(String[]::new))
          .update();
    }
  }

  private Map<StepKind, StepCounts> counts(UUID batchId) {
    Map<StepKind, Map<StepState, Integer>> states = new EnumMap<>(StepKind.class);
    jdbc.sql(
            """
            SELECT kind, state, sum(steps) AS steps FROM step_counts
            WHERE batch_id = ? GROUP BY kind, state
            """)
        .param(batchId)
        .query(row -> {
          states
              .computeIfAbsent(
                  StepKind.of(row.getString("kind")), any -> new EnumMap<>(StepState.class))
              .put(StepState.valueOf(row.getString("state")), row.getInt("steps"));
        });
    Map<StepKind, StepCounts> counts = new HashMap<>();
    states.forEach((kind, counted) -> counts.put(kind, StepCounts.of(counted)));
    return counts;
  }
}
