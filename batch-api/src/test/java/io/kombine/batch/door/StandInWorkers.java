package io.kombine.batch.door;

import io.kombine.batch.artifact.OwnedArtifacts;
import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.ContractJson;
import io.kombine.worker.artifact.ImageArtifacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Leaves behind in the database what workers' reports would. Not thread-safe. */
final class StandInWorkers {

  private final JdbcClient jdbc;
  private final ImageArtifacts store;
  private final OwnedArtifacts artifacts;
  private int made;

  StandInWorkers(JdbcClient jdbc, ImageArtifacts store, OwnedArtifacts artifacts) {
    this.jdbc = jdbc;
    this.store = store;
    this.artifacts = artifacts;
  }

  /** A batch's steps in the order of its plan. */
  List<UUID> steps(String batchId, String condition) {
    return jdbc.sql(
            "SELECT step_id FROM steps WHERE batch_id = ?::uuid AND "
                + condition
                + " ORDER BY ordinal")
        .param(batchId)
        .query(UUID.class)
        .list();
  }

  /** Gives a step an image of its own and a charge. */
  void succeed(UUID step) {
    try {
      ArtifactRef artifact = store.put(Images.image("jpeg", 64, 48, ++made));
      jdbc.sql(
              """
              INSERT INTO step_outputs (step_id, output_index, batch_id, artifact_id, artifact)
              SELECT step_id, 0, batch_id, ?, ?::jsonb FROM steps WHERE step_id = ?
              """)
          .params(
              artifacts.register("local", artifact, null),
              ContractJson.mapper().writeValueAsString(artifact),
              step)
          .update();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    jdbc.sql("UPDATE steps SET state = 'SUCCEEDED', rank = 10, cost = 0.002 WHERE step_id = ?")
        .param(step)
        .update();
    jdbc.sql(
            """
            INSERT INTO step_charges (step_id, epoch, batch_id, cost, outcome, charged_at)
            SELECT step_id, epoch, batch_id, cost, state, '2026-11-20T12:00:00Z' FROM steps
            WHERE step_id = ?
            """)
        .param(step)
        .update();
  }

  /** Says for every stage of a cancelled batch that no call can begin. */
  void confirmCancels() {
    jdbc.sql(
            """
            INSERT INTO control_confirmations (batch_id, sequence, stage, part, parts, begun)
            SELECT DISTINCT b.batch_id, b.control_sequence, c.kind, 0, 1, '{}'::uuid[]
            FROM batches b JOIN step_counts c USING (batch_id) WHERE b.hold = 'CANCELLED'
            ON CONFLICT DO NOTHING
            """)
        .update();
  }
}
