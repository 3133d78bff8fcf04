package io.kombine.batch.manifest;

import io.kombine.batch.delivery.DeliveryRows;
import io.kombine.batch.model.BatchRow;
import io.kombine.batch.model.BatchRows;
import io.kombine.contracts.ArtifactRef;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which batches need their manifest: all steps have ended, all files have, and no manifest tells of
 * that yet. Such a batch stays due until one transaction marks it, so each is written once for each
 * time it comes to an end.
 */
@Repository
class DueManifests {

  /** Of batches as they are; {@code batch_id} and {@code revision}. */
  private static final String DUE =
      """
      SELECT batch_id, revision FROM batches b
      WHERE finished_at IS NULL AND NOT planning AND NOT manifest_written
        AND NOT EXISTS (
          SELECT 1 FROM step_counts c
          WHERE c.batch_id = b.batch_id AND c.steps > 0
            AND c.state NOT IN ('SUCCEEDED', 'FAILED', 'CANCELLED', 'SKIPPED'))
        AND NOT EXISTS (
          SELECT 1 FROM deliveries d
          WHERE d.batch_id = b.batch_id AND NOT d.manifest AND d.state = 'PENDING')
      """;

  private final JdbcClient jdbc;
  private final BatchRows batches;
  private final DeliveryRows deliveries;

  DueManifests(JdbcClient jdbc, BatchRows batches, DeliveryRows deliveries) {
    this.jdbc = jdbc;
    this.batches = batches;
    this.deliveries = deliveries;
  }

  @Transactional(readOnly = true)
  public List<DueManifest> find(int most) {
    return jdbc.sql(DUE + " ORDER BY batch_id LIMIT ?").param(most).query(DueManifest.class).list();
  }

  /**
   * Puts the manifest on its way, unless the batch has changed since it was read.
   *
   * @return whether it was
   */
  @Transactional
  public boolean deliver(DueManifest due, ArtifactRef manifest) {
    UUID batchId = due.batchId();
    BatchRow batch = batches.lock(Set.of(batchId)).get(batchId);
    boolean still =
        jdbc.sql(DUE + " AND batch_id = ? AND revision = ?")
            .params(batchId, due.revision())
            .query(DueManifest.class)
            .optional()
            .isPresent();
    if (batch == null || !still) {
      return false;
    }
    deliveries.deliverManifest(batch, manifest);
    batches.refresh(Set.of(batchId));
    return true;
  }
}
