package io.kombine.batch.status;

import io.kombine.batch.model.BatchRow;
import io.kombine.batch.model.BatchRows;
import io.kombine.contracts.BatchSnapshot;
import io.kombine.contracts.BatchSnapshot.Step;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepState;
import io.kombine.contracts.Topics;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads a batch, its steps' places and the offset they are as new as, all of one moment. */
@Service
class BatchSnapshots {

  private final BatchRows batches;
  private final BatchEvents events;
  private final EventPartitions partitions;
  private final JdbcClient jdbc;

  BatchSnapshots(
      BatchRows batches, BatchEvents events, EventPartitions partitions, JdbcClient jdbc) {
    this.batches = batches;
    this.events = events;
    this.partitions = partitions;
    this.jdbc = jdbc;
  }

  /** The owner's batch; nothing where there is none, or it is another's. */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public Optional<BatchSnapshot> find(UUID batchId, String owner) {
    int partition = partitions.of(batchId);
    return batches
        .find(batchId)
        .filter(batch -> batch.owner().equals(owner))
        .map(batch -> snapshot(batch, partition));
  }

  /** Whether there is such a batch of the owner's. */
  @Transactional(readOnly = true)
  public boolean exists(UUID batchId, String owner) {
    return batches.find(batchId).filter(batch -> batch.owner().equals(owner)).isPresent();
  }

  /** The first offset of the batch's partition that is not applied; cheap, to be waited on. */
  @Transactional(readOnly = true)
  public long nextOffset(UUID batchId) {
    return nextOffset(partitions.of(batchId));
  }

  private BatchSnapshot snapshot(BatchRow batch, int partition) {
    List<Step> steps =
        jdbc.sql(
                """
                SELECT step_id, kind, group_index, ordinal, epoch, state FROM steps
                WHERE batch_id = ? ORDER BY ordinal
                """)
            .param(batch.batchId())
            .query((row, number) ->
                new Step(
                    row.getObject("step_id", UUID.class),
                    StepKind.of(row.getString("kind")),
                    row.getInt("group_index"),
                    row.getInt("ordinal"),
                    row.getInt("epoch"),
                    StepState.valueOf(row.getString("state"))))
            .list();
    return new BatchSnapshot(
        partition, nextOffset(partition), events.eventsOf(List.of(batch)).getFirst(), steps);
  }

  private long nextOffset(int partition) {
    return jdbc.sql("SELECT next_offset FROM applied_offsets WHERE topic = ? AND partition = ?")
        .params(Topics.STEP_EVENTS, partition)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }
}
