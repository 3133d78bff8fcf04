package io.kombine.batch.step;

import io.kombine.batch.model.BatchRow;
import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.Ids;
import io.kombine.contracts.StepOutput;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What steps produced, each output under an artifact id of the batch's owner. */
@Repository
class StepOutputRows {

  private final JdbcClient jdbc;
  private final Clock clock;

  StepOutputRows(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  Map<UUID, List<StepOutput>> ofBatch(UUID batchId) {
    Map<UUID, List<StepOutput>> outputs = new HashMap<>();
    jdbc.sql(
            """
            SELECT step_id, output_index, artifact FROM step_outputs
            WHERE batch_id = ? ORDER BY step_id, output_index
            """)
        .param(batchId)
        .query(row -> {
          outputs
              .computeIfAbsent(row.getObject("step_id", UUID.class), any -> new ArrayList<>())
              .add(
                  new StepOutput(
                      row.getInt("output_index"),
                      ContractJson.mapper()
                          .readValue(row.getString("artifact"), ArtifactRef.class)));
        });
    return outputs;
  }

  /** Replaces the outputs of these steps. The same bytes of one owner keep the id they have. */
  void write(BatchRow batch, Map<UUID, List<StepOutput>> outputs) {
    if (outputs.isEmpty()) {
      return;
    }
    record Row(UUID stepId, int index, UUID artifactId, String sha256, ArtifactRef artifact) {}
    List<Row> rows = new ArrayList<>();
    outputs.forEach((stepId, made) -> {
      for (StepOutput output : made) {
        ArtifactRef artifact = output.artifact();
        rows.add(new Row(stepId, output.index(), Ids.next(), artifact.sha256(), artifact));
      }
    });
    jdbc.sql("DELETE FROM step_outputs WHERE step_id = ANY (?)")
        .param(outputs.keySet().toArray(UUID[]::new))
        .update();
    jdbc.sql(
            """
            WITH n AS (
              SELECT * FROM jsonb_to_recordset(CAST(? AS jsonb)) AS r (
                "stepId" uuid, index int, "artifactId" uuid, sha256 text, artifact jsonb)),
            kept AS (
              INSERT INTO artifacts AS a (artifact_id, owner, sha256, artifact, created_at)
              SELECT DISTINCT ON (sha256) "artifactId", ?, sha256, artifact, ?
              FROM n ORDER BY sha256
              ON CONFLICT (owner, sha256) DO UPDATE SET artifact = a.artifact
              RETURNING a.artifact_id, a.sha256)
            INSERT INTO step_outputs (step_id, output_index, batch_id, artifact_id, artifact)
            SELECT n."stepId", n.index, ?, kept.artifact_id, n.artifact
            FROM n JOIN kept USING (sha256)
            """)
        .params(
            ContractJson.mapper().writeValueAsString(rows),
            batch.owner(),
            clock.instant().atOffset(ZoneOffset.UTC),
            batch.batchId())
        .update();
  }
}
