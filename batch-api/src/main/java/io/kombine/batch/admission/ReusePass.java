package io.kombine.batch.admission;

import io.kombine.batch.delivery.DeliveryRows;
import io.kombine.batch.model.BatchRow;
import io.kombine.batch.model.BatchRows;
import io.kombine.batch.step.StepMoves;
import io.kombine.batch.step.StepMoves.PlannedFile;
import io.kombine.batch.step.StepRow;
import io.kombine.batch.step.StepRows;
import io.kombine.contracts.BatchControl.Hold;
import io.kombine.contracts.StepOutput;
import io.kombine.contracts.StepState;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Ends steps whose outputs their owner has already, at no cost and without a place in the window:
 * steps of batches with reuse on, once equal ones have succeeded (design §4.8). At most {@value
 * #MOST} in a pass; the rest follows in the next, at once.
 */
@Component
class ReusePass {

  private static final int MOST = 500;

  private record Match(UUID stepId, UUID batchId, UUID source) {}

  private final JdbcClient jdbc;
  private final BatchRows batches;
  private final StepRows steps;
  private final DeliveryRows deliveries;
  private final Clock clock;

  ReusePass(
      JdbcClient jdbc, BatchRows batches, StepRows steps, DeliveryRows deliveries, Clock clock) {
    this.jdbc = jdbc;
    this.batches = batches;
    this.steps = steps;
    this.deliveries = deliveries;
    this.clock = clock;
  }

  /**
   * @return how many steps have ended
   */
  @Transactional
  public int run() {
    Instant now = clock.instant();
    Map<UUID, UUID> sources = new HashMap<>();
    Set<UUID> wanted = new HashSet<>();
    for (Match match : matches(now)) {
      sources.put(match.stepId(), match.source());
      wanted.add(match.batchId());
    }
    if (sources.isEmpty()) {
      return 0;
    }
    Map<UUID, BatchRow> locked = batches.lock(wanted);
    locked.values().removeIf(batch -> batch.hold() != Hold.NONE && !batch.isHeldByBudget());
    Map<UUID, List<StepOutput>> outputs = steps.outputsOf(new HashSet<>(sources.values()));
    Map<UUID, List<StepRow>> rows = steps.load(locked.keySet(), Set.of(), sources.keySet());
    List<PlannedFile> files = new ArrayList<>();
    int ended = 0;
    for (BatchRow batch : locked.values()) {
      List<StepRow> ofBatch = rows.getOrDefault(batch.batchId(), List.of());
      StepMoves moves = new StepMoves(batch, ofBatch, now);
      for (StepRow step : ofBatch) {
        UUID source = sources.get(step.stepId());
        if (source != null
            && (step.state() == StepState.READY || step.state() == StepState.RETRY_WAIT)) {
          moves.reuse(step, outputs.getOrDefault(source, List.of()));
          ended++;
        }
      }
      steps.save(moves);
      files.addAll(moves.files());
    }
    deliveries.planUnpublished(files);
    batches.refresh(locked.keySet());
    return ended;
  }

  private List<Match> matches(Instant now) {
    return jdbc.sql(
            """
            SELECT s.step_id, s.batch_id, k.step_id AS source
            FROM steps s
            JOIN batches b ON b.batch_id = s.batch_id
            JOIN content_keys k ON k.owner = b.owner AND k.content_key = s.content_key
              AND k.outputs >= s.output_count
            WHERE b.reuse AND b.finished_at IS NULL
              AND (b.hold = 'NONE' OR (b.hold = 'PAUSED' AND b.hold_reason = 'budget'))
              AND s.content_key IS NOT NULL AND s.state IN ('READY', 'RETRY_WAIT')
              AND (s.state = 'READY' OR s.retry_at <= ?)
            ORDER BY s.batch_id, s.ordinal LIMIT ?
            """)
        .params(now.atOffset(ZoneOffset.UTC), MOST)
        .query(Match.class)
        .list();
  }
}
