package io.kombine.batch.model;

import io.kombine.contracts.BatchProgress;
import io.kombine.contracts.BatchStatus;
import io.kombine.contracts.StepCounts;
import io.kombine.contracts.StepState;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Locks batches and keeps their status true.
 *
 * <p>Every transaction that changes steps or deliveries first {@link #lock}s their batches and last
 * {@link #refresh}es them. The locks are taken in the order of the ids, so no two such transactions
 * ever wait for each other in a circle.
 */
@Repository
public class BatchRows {

  private final JdbcTemplate jdbc;
  private final StageBarriers barriers;
  private final Clock clock;
  private final WorkSignal signal;

  BatchRows(JdbcTemplate jdbc, StageBarriers barriers, Clock clock, WorkSignal signal) {
    this.jdbc = jdbc;
    this.barriers = barriers;
    this.clock = clock;
    this.signal = signal;
  }

  /** Locks the batches that exist among these until the transaction ends, and reads them. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<UUID, BatchRow> lock(Collection<UUID> batchIds) {
    Map<UUID, BatchRow> locked = new LinkedHashMap<>();
    for (BatchRow row :
        jdbc.query(
            "SELECT %s FROM batches WHERE batch_id = ANY (?) ORDER BY batch_id FOR UPDATE"
                .formatted(BatchRow.COLUMNS),
            BatchRow::of,
            (Object) batchIds.toArray(UUID[]::new))) {
      locked.put(row.batchId(), row);
    }
    return locked;
  }

  /** Reads one batch as it is now. */
  @Transactional(readOnly = true)
  public Optional<BatchRow> find(UUID batchId) {
    return jdbc
        .query(
            "SELECT %s FROM batches WHERE batch_id = ?".formatted(BatchRow.COLUMNS),
            BatchRow::of,
            batchId)
        .stream()
        .findFirst();
  }

  /** How many steps of each batch are in each state. */
  @Transactional(readOnly = true)
  public Map<UUID, StepCounts> counts(Collection<UUID> batchIds) {
    Map<UUID, Map<StepState, Integer>> states = new HashMap<>();
    for (UUID batchId : batchIds) {
      states.put(batchId, new EnumMap<>(StepState.class));
    }
    jdbc.query(
        """
        SELECT batch_id, state, sum(steps) AS steps FROM step_counts
        WHERE batch_id = ANY (?) GROUP BY batch_id, state
        """,
        row -> {
          Map<StepState, Integer> counted = states.get(row.getObject("batch_id", UUID.class));
          if (counted != null) {
            counted.put(StepState.valueOf(row.getString("state")), row.getInt("steps"));
          }
        },
        (Object) batchIds.toArray(UUID[]::new));
    Map<UUID, StepCounts> counts = new HashMap<>();
    states.forEach((batchId, counted) -> counts.put(batchId, StepCounts.of(counted)));
    return counts;
  }

  /**
   * Derives the status of batches that this transaction has locked from what it has changed, lets
   * steps go whose stage barrier has passed, and leaves a new revision to be published.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void refresh(Collection<UUID> batchIds) {
    if (batchIds.isEmpty()) {
      return;
    }
    Instant instant = clock.instant();
    OffsetDateTime now = instant.atOffset(ZoneOffset.UTC);
    Collection<BatchRow> locked = lock(batchIds).values();
    locked.forEach(batch -> barriers.update(batch, instant));
    Map<UUID, StepCounts> counts = counts(batchIds);
    List<Object[]> updates = new ArrayList<>();
    for (BatchRow batch : locked) {
      StepCounts ofBatch = Objects.requireNonNull(counts.get(batch.batchId()));
      boolean started = batch.started() || hasBegun(ofBatch);
      BatchStatus status =
          new BatchProgress(
                  batch.planning(),
                  batch.hold(),
                  started,
                  ofBatch,
                  batch.filesFailed(),
                  batch.deliveriesComplete())
              .status();
      updates.add(
          new Object[] {
            started, started, now, status.name(), status.isTerminal(), now, batch.batchId()
          });
    }
    jdbc.batchUpdate(
        """
        UPDATE batches SET started = ?,
          started_at = CASE WHEN ? THEN coalesce(started_at, ?) END,
          status = ?,
          finished_at = CASE WHEN ? THEN coalesce(finished_at, ?) END,
          revision = revision + 1, announced = false
        WHERE batch_id = ?
        """,
        updates);
    signal.raise();
  }

  private static boolean hasBegun(StepCounts counts) {
    return counts.queued()
            + counts.running()
            + counts.retryWait()
            + counts.unknown()
            + counts.succeeded()
            + counts.failed()
        > 0;
  }
}
