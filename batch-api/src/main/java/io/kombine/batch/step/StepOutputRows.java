package io.kombine.batch.step;

import io.kombine.batch.model.BatchRow;
import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.Ids;
import io.kombine.contracts.StepOutput;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
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
    return read("batch_id = ?", batchId);
  }

  Map<UUID, List<StepOutput>> ofSteps(Collection<UUID> stepIds) {
    return read("step_id = ANY (?)", stepIds.toArray(UUID[]::new));
  }

  /** Lets later steps with the same content keys find these outputs, where the steps succeeded. */
  void index(Collection<UUID> stepIds) {
    if (stepIds.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            INSERT INTO content_keys AS k (owner, content_key, step_id, outputs)
            SELECT DISTINCT ON (b.owner, s.content_key) b.owner, s.content_key, s.step_id,
              (SELECT count(*) FROM step_outputs o WHERE o.step_id = s.step_id) AS outputs
            FROM steps s JOIN batches b USING (batch_id)
            WHERE s.step_id = ANY (?) AND s.state = 'SUCCEEDED' AND s.content_key IS NOT NULL
            ORDER BY b.owner, s.content_key, outputs DESC
            ON CONFLICT (owner, content_key) DO UPDATE
            SET step_id = excluded.step_id, outputs = excluded.outputs
            WHERE excluded.outputs > k.outputs
            """)
        .param(stepIds.toArray(UUID[]::new))
        .update();
  }

  private Map<UUID, List<StepOutput>> read(String which, Object param) {
    Map<UUID, List<StepOutput>> outputs = new HashMap<>();
    jdbc.sql(
            """
            SELECT step_id, output_index, artifact FROM step_outputs
            WHERE %s ORDER BY step_id, output_index
            """
                .formatted(which))
        .param(param)
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
