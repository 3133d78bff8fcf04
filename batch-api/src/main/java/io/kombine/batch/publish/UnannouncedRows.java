package io.kombine.batch.publish;

import io.kombine.batch.model.BatchRow;
import io.kombine.batch.model.BatchRows;
import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.BatchControl;
import io.kombine.contracts.BatchControl.Hold;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.DeliverFile;
import io.kombine.contracts.StepOutput;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What Kafka does not know yet: reads it, and marks exactly what was published. */
@Repository
class UnannouncedRows {

  private final JdbcClient jdbc;
  private final JdbcTemplate template;
  private final BatchRows batches;

  UnannouncedRows(JdbcClient jdbc, JdbcTemplate template, BatchRows batches) {
    this.jdbc = jdbc;
    this.template = template;
    this.batches = batches;
  }

  /** Steps whose present state is not published. */
  @Transactional(readOnly = true)
  public List<StepRow> steps(int most) {
    return jdbc.sql(
            """
            SELECT %s FROM steps s JOIN batches b USING (batch_id)
            WHERE NOT s.announced ORDER BY s.step_id LIMIT ?
            """
                .formatted(StepRow.COLUMNS))
        .param(most)
        .query(StepRow::of)
        .list();
  }

  /** The children granted to each of these steps. */
  @Transactional(readOnly = true)
  public Map<UUID, List<StepRow>> grantedChildren(Collection<UUID> parents) {
    Map<UUID, List<StepRow>> byParent = new HashMap<>();
    jdbc.sql(
            """
            SELECT %s FROM steps s JOIN batches b USING (batch_id)
            WHERE s.parent_id = ANY (?) AND s.granted AND s.state = 'WAITING' ORDER BY s.ordinal
            """
                .formatted(StepRow.COLUMNS))
        .param(parents.toArray(UUID[]::new))
        .query(StepRow::of)
        .list()
        .forEach(child ->
            byParent
                .computeIfAbsent(Objects.requireNonNull(child.parentId()), any -> new ArrayList<>())
                .add(child));
    return byParent;
  }

  /** What these steps have put out. */
  @Transactional(readOnly = true)
  public Map<UUID, List<StepOutput>> outputs(Collection<UUID> stepIds) {
    Map<UUID, List<StepOutput>> byStep = new HashMap<>();
    if (stepIds.isEmpty()) {
      return byStep;
    }
    jdbc.sql(
            """
            SELECT step_id, output_index, artifact FROM step_outputs
            WHERE step_id = ANY (?) ORDER BY step_id, output_index
            """)
        .param(stepIds.toArray(UUID[]::new))
        .query(row -> {
          byStep
              .computeIfAbsent(row.getObject("step_id", UUID.class), any -> new ArrayList<>())
              .add(
                  new StepOutput(
                      row.getInt("output_index"),
                      ContractJson.mapper()
                          .readValue(row.getString("artifact"), ArtifactRef.class)));
        });
    return byStep;
  }

  /** Marks steps that have not moved on since they were read. */
  @Transactional
  public void stepsPublished(List<StepRow> published) {
    // why: like every writer of steps, so that no two wait for each other in a circle
    batches.lock(published.stream().map(StepRow::batchId).distinct().toList());
    jdbc.sql(
            """
            UPDATE steps s SET announced = true
            FROM unnest(CAST(:ids AS uuid[]), CAST(:epochs AS int[]), CAST(:states AS text[]))
              AS p (id, epoch, state)
            WHERE s.step_id = p.id AND s.epoch = p.epoch AND s.state = p.state
            """)
        .param("ids", published.stream().map(StepRow::stepId).toArray(UUID[]::new))
        .param("epochs", published.stream().map(StepRow::epoch).toArray(Integer[]::new))
        .param("states", published.stream().map(s -> s.state().name()).toArray(String[]::new))
        .update();
  }

  /** Batches whose present revision is not published. */
  @Transactional(readOnly = true)
  public List<BatchRow> batches(int most) {
    return template.query(
        "SELECT %s FROM batches WHERE NOT announced ORDER BY batch_id LIMIT ?"
            .formatted(BatchRow.COLUMNS),
        BatchRow::of,
        most);
  }

  @Transactional
  public void batchesPublished(List<BatchRow> published) {
    batches.lock(published.stream().map(BatchRow::batchId).toList());
    template.batchUpdate(
        "UPDATE batches SET announced = true WHERE batch_id = ? AND revision = ?",
        published.stream().map(b -> new Object[] {b.batchId(), b.revision()}).toList());
  }

  /** Controls that the stages were not told yet. */
  @Transactional(readOnly = true)
  public List<BatchControl> controls(int most, Instant now) {
    return jdbc.sql(
            """
            SELECT batch_id, control_sequence, hold FROM batches
            WHERE NOT control_announced ORDER BY batch_id LIMIT ?
            """)
        .param(most)
        .query((row, n) ->
            new BatchControl(
                BatchControl.VERSION,
                row.getObject("batch_id", UUID.class),
                row.getLong("control_sequence"),
                Hold.valueOf(row.getString("hold")),
                now))
        .list();
  }

  @Transactional
  public void controlsPublished(List<BatchControl> published) {
    batches.lock(published.stream().map(BatchControl::batchId).toList());
    template.batchUpdate(
        """
        UPDATE batches SET control_announced = true WHERE batch_id = ? AND control_sequence = ?
        """,
        published.stream().map(c -> new Object[] {c.batchId(), c.sequence()}).toList());
  }

  /** Batches that ended before {@code limit} and whose control is still on the topic. */
  @Transactional(readOnly = true)
  public List<UUID> controlsToForget(int most, Instant limit) {
    return jdbc.sql(
            """
            SELECT batch_id FROM batches
            WHERE control_sequence > 0 AND NOT control_forgotten AND finished_at < ?
            ORDER BY finished_at LIMIT ?
            """)
        .params(limit.atOffset(ZoneOffset.UTC), most)
        .query(UUID.class)
        .list();
  }

  @Transactional
  public void controlsForgotten(List<UUID> forgotten) {
    batches.lock(forgotten);
    jdbc.sql("UPDATE batches SET control_forgotten = true WHERE batch_id = ANY (?)")
        .param(forgotten.toArray(UUID[]::new))
        .update();
  }

  /** Deliveries that no worker publishes: manifests, and those asked for again. */
  @Transactional(readOnly = true)
  public List<DeliverFile> deliveries(int most) {
    return jdbc.sql(
            """
            SELECT d.*, b.folder FROM deliveries d JOIN batches b USING (batch_id)
            WHERE NOT d.announced ORDER BY d.delivery_id LIMIT ?
            """)
        .param(most)
        .query(UnannouncedRows::delivery)
        .list();
  }

  @Transactional
  public void deliveriesPublished(List<DeliverFile> published) {
    batches.lock(published.stream().map(DeliverFile::batchId).distinct().toList());
    template.batchUpdate(
        "UPDATE deliveries SET announced = true WHERE delivery_id = ? AND epoch = ?",
        published.stream().map(d -> new Object[] {d.deliveryId(), d.epoch()}).toList());
  }

  private static DeliverFile delivery(ResultSet row, int number) throws SQLException {
    Array path = row.getArray("path");
    return new DeliverFile(
        DeliverFile.VERSION,
        row.getObject("delivery_id", UUID.class),
        row.getObject("batch_id", UUID.class),
        row.getObject("step_id", UUID.class),
        row.getInt("output_index"),
        row.getInt("epoch"),
        row.getString("folder"),
        List.of((String[]) path.getArray()),
        ContractJson.mapper().readValue(row.getString("artifact"), ArtifactRef.class),
        row.getBoolean("manifest"));
  }
}
