package io.kombine.batch.pipeline;

import io.kombine.batch.artifact.OwnedArtifact;
import io.kombine.batch.pipeline.PipelineView.Config;
import io.kombine.batch.pipeline.PipelineView.Group;
import io.kombine.batch.pipeline.PipelineView.Inputs;
import io.kombine.batch.pipeline.PipelineView.Item;
import io.kombine.batch.pipeline.PipelineView.Output;
import io.kombine.batch.pipeline.PipelineView.Outputs;
import io.kombine.batch.pipeline.PipelineView.Totals;
import io.kombine.contracts.BatchStatus;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Reads pipelines as this door shows them. Bounded by the largest plan. */
@Repository
public class PipelineViews {

  private final JdbcClient jdbc;

  PipelineViews(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The status of an owner's pipeline. */
  @Transactional(readOnly = true)
  public Optional<PipelineStatus> status(String owner, UUID batchId) {
    return jdbc.sql(
            "SELECT status FROM batches WHERE batch_id = ? AND owner = ? AND kind = 'PIPELINE'")
        .params(batchId, owner)
        .query(String.class)
        .optional()
        .map(status -> new PipelineStatus(BatchStatus.valueOf(status)));
  }

  /** An owner's pipeline with all that it has made so far. */
  @Transactional(readOnly = true)
  public Optional<PipelineView> find(String owner, UUID batchId) {
    return status(owner, batchId).map(status -> view(batchId, status));
  }

  private PipelineView view(UUID batchId, PipelineStatus status) {
    Map<Integer, Group> groups = new LinkedHashMap<>();
    jdbc.sql(
            """
            SELECT group_index, coalesce(source_url, '') AS source_url FROM batch_groups
            WHERE batch_id = ? ORDER BY group_index
            """)
        .param(batchId)
        .query(row -> {
          int index = row.getInt("group_index");
          groups.put(
              index,
              new Group(row.getString("source_url"), index, new ArrayList<>(), new ArrayList<>()));
        });
    Totals totals = new Totals(groups.size(), 0, 0);
    for (Made made : made(batchId)) {
      Group group = groups.get(made.groupIndex());
      if (group == null) {
        continue;
      }
      (made.kind() == StepKind.I2V ? group.i2vOutputs() : group.i2iOutputs())
          .add(made.output(group.sourceImage()));
      totals =
          made.kind() == StepKind.I2V
              ? new Totals(
                  totals.sourceImages(),
                  totals.i2iGenerated(),
                  totals.i2vGenerated() + made.items().size())
              : new Totals(
                  totals.sourceImages(),
                  totals.i2iGenerated() + made.items().size(),
                  totals.i2vGenerated());
    }
    return new PipelineView(batchId, status, List.copyOf(groups.values()), totals);
  }

  private List<Made> made(UUID batchId) {
    return jdbc.sql(
            """
            SELECT s.group_index, s.kind, s.model, s.prompt, s.prompt_index, s.parameters,
              array_agg(o.artifact_id ORDER BY o.output_index) AS artifacts
            FROM steps s JOIN step_outputs o ON o.step_id = s.step_id
            WHERE s.batch_id = ?
            GROUP BY s.step_id ORDER BY s.ordinal
            """)
        .param(batchId)
        .query(Made::of)
        .list();
  }

  /** One step that has outputs. */
  private record Made(
      int groupIndex,
      StepKind kind,
      String model,
      String prompt,
      int promptIndex,
      StepParameters parameters,
      List<Item> items) {

    static Made of(ResultSet row, int number) throws SQLException {
      StepKind kind = StepKind.of(row.getString("kind"));
      String type = kind == StepKind.I2V ? "video" : "image";
      List<Item> items = new ArrayList<>();
      for (Object id : (Object[]) row.getArray("artifacts").getArray()) {
        items.add(new Item(OwnedArtifact.path((UUID) id), type));
      }
      return new Made(
          row.getInt("group_index"),
          kind,
          row.getString("model"),
          row.getString("prompt"),
          row.getInt("prompt_index"),
          ContractJson.mapper().readValue(row.getString("parameters"), StepParameters.class),
          items);
    }

    Output output(String sourceImage) {
      return new Output(
          kind,
          new Config(
              model,
              parameters.size(),
              parameters.quality(),
              parameters.resolution(),
              parameters.durationSeconds()),
          new Inputs(groupIndex, sourceImage, promptIndex, prompt),
          new Outputs(items));
    }
  }
}
