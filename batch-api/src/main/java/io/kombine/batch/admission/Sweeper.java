package io.kombine.batch.admission;

import io.kombine.batch.model.BatchRows;
import io.kombine.contracts.StepState;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Admits again, at the next epoch, steps that nothing was heard of for too long: their record was
 * lost, or their worker's word was. The worker answers from its claim, so none is paid twice.
 *
 * <p>Deliveries silent for as long are asked for again; the uploader answers from its row.
 */
@Component
class Sweeper {

  private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

  private final JdbcClient jdbc;
  private final BatchRows batches;
  private final AdmissionProperties properties;
  private final Clock clock;

  Sweeper(JdbcClient jdbc, BatchRows batches, AdmissionProperties properties, Clock clock) {
    this.jdbc = jdbc;
    this.batches = batches;
    this.properties = properties;
    this.clock = clock;
  }

  /**
   * @return how many steps and deliveries are asked for again
   */
  @Transactional
  public int run() {
    Instant now = clock.instant();
    OffsetDateTime limit = now.minus(properties.silenceLimit()).atOffset(ZoneOffset.UTC);
    List<UUID> silent =
        jdbc.sql(
                """
                SELECT DISTINCT batch_id FROM (
                  (SELECT s.batch_id FROM steps s JOIN batches b USING (batch_id)
                   WHERE s.state IN ('QUEUED', 'RUNNING') AND s.touched_at < :limit
                     AND (b.hold <> 'PAUSED' OR b.hold_reason = 'budget')
                   LIMIT :most)
                  UNION ALL
                  (SELECT s.batch_id FROM steps s JOIN batches b USING (batch_id)
                   JOIN steps p ON p.step_id = s.parent_id
                   WHERE s.granted AND s.state = 'WAITING' AND s.touched_at < :limit
                     AND p.state = 'SUCCEEDED'
                     AND (b.hold <> 'PAUSED' OR b.hold_reason = 'budget')
                   LIMIT :most)
                  UNION ALL
                  (SELECT batch_id FROM deliveries
                   WHERE state = 'PENDING' AND touched_at < :limit LIMIT :most)) silent
                """)
            .param("limit", limit)
            .param("most", properties.sweepBatch())
            .query(UUID.class)
            .list();
    if (silent.isEmpty()) {
      return 0;
    }
    Set<UUID> locked = new HashSet<>(batches.lock(silent).keySet());
    int steps = requeue(locked, limit, now);
    int deliveries = redeliver(locked, limit, now);
    batches.refresh(locked);
    log.info("{} silent steps and {} silent deliveries are asked for again", steps, deliveries);
    return steps + deliveries;
  }

  private int requeue(Set<UUID> batchIds, OffsetDateTime limit, Instant now) {
    return jdbc.sql(
            """
            UPDATE steps SET state = 'QUEUED', rank = :rank, epoch = epoch + 1, granted = false,
              hold = price_hold, announced = false, touched_at = :now
            WHERE step_id IN (
              SELECT s.step_id FROM steps s
              LEFT JOIN steps p ON p.step_id = s.parent_id
              WHERE s.batch_id = ANY (:batches) AND s.touched_at < :limit
                AND (s.state IN ('QUEUED', 'RUNNING')
                  OR (s.granted AND s.state = 'WAITING' AND p.state = 'SUCCEEDED'))
              LIMIT :most)
            """)
        .param("rank", StepState.QUEUED.rank())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("batches", batchIds.toArray(UUID[]::new))
        .param("limit", limit)
        .param("most", properties.sweepBatch())
        .update();
  }

  private int redeliver(Set<UUID> batchIds, OffsetDateTime limit, Instant now) {
    return jdbc.sql(
            """
            UPDATE deliveries SET announced = false, touched_at = :now
            WHERE batch_id = ANY (:batches) AND state = 'PENDING' AND touched_at < :limit
            """)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("batches", batchIds.toArray(UUID[]::new))
        .param("limit", limit)
        .update();
  }
}
