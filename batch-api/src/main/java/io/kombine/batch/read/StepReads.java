package io.kombine.batch.read;

import io.kombine.batch.artifact.OwnedArtifact;
import io.kombine.batch.read.StepView.Output;
import io.kombine.batch.read.StepView.Parameters;
import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.PlannedDelivery;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import io.kombine.contracts.StepPrice;
import io.kombine.contracts.StepProblem;
import io.kombine.contracts.StepState;
import io.kombine.contracts.StopOutcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads a batch's steps as clients see them. Asks for no owner: that is the caller's to check. */
@Repository
public class StepReads {

  private final JdbcClient jdbc;

  StepReads(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A page of a batch's steps, by ordinal. */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public StepPage list(UUID batchId, StepFilter filter) {
    Map<UUID, List<Output>> outputs = new HashMap<>();
    List<StepView> steps =
        jdbc.sql(
                """
                SELECT * FROM steps
                WHERE batch_id = :batch AND ordinal > :after
                  AND (CAST(:state AS text) IS NULL OR state = :state)
                  AND (CAST(:kind AS text) IS NULL OR kind = :kind)
                  AND (CAST(:group AS integer) IS NULL OR group_index = :group)
                ORDER BY ordinal LIMIT :limit
                """)
            .param("batch", batchId)
            .param("after", filter.after())
            .param("state", filter.state() == null ? null : filter.state().name())
            .param("kind", filter.kind() == null ? null : filter.kind().wireName())
            .param("group", filter.group())
            .param("limit", filter.limit() + 1)
            .query((row, _) -> {
              UUID id = row.getObject("step_id", UUID.class);
              List<Output> of = new ArrayList<>();
              outputs.put(id, of);
              return step(id, row, of);
            })
            .list();
    readOutputs(outputs);
    boolean more = steps.size() > filter.limit();
    List<StepView> page = more ? steps.subList(0, filter.limit()) : steps;
    return new StepPage(page, more ? Integer.toString(page.getLast().ordinal()) : null);
  }

  private void readOutputs(Map<UUID, List<Output>> outputs) {
    jdbc.sql(
            """
            SELECT step_id, artifact_id, artifact FROM step_outputs
            WHERE step_id = ANY (?) ORDER BY step_id, output_index
            """)
        .param(outputs.keySet().toArray(UUID[]::new))
        .query(row -> {
          List<Output> of = outputs.get(row.getObject("step_id", UUID.class));
          if (of != null) {
            of.add(
                output(
                    row.getObject("artifact_id", UUID.class),
                    ContractJson.mapper().readValue(row.getString("artifact"), ArtifactRef.class)));
          }
        });
  }

  private static Output output(UUID id, ArtifactRef artifact) {
    String url = OwnedArtifact.path(id);
    return new Output(
        id,
        url,
        artifact.thumbnailSha256() == null ? null : url + "?thumbnail=128",
        artifact.mediaType(),
        artifact.bytes(),
        artifact.widthPx(),
        artifact.heightPx(),
        artifact.seconds(),
        artifact.sha256());
  }

  private static StepView step(UUID id, ResultSet row, List<Output> outputs) throws SQLException {
    StepPrice price = ContractJson.mapper().readValue(row.getString("price"), StepPrice.class);
    return new StepView(
        id,
        row.getInt("ordinal"),
        StepKind.of(row.getString("kind")),
        StepState.valueOf(row.getString("state")),
        row.getInt("group_index"),
        row.getObject("parent_id", UUID.class),
        row.getString("provider"),
        row.getString("model"),
        row.getString("prompt"),
        row.getInt("prompt_index"),
        row.getInt("variation"),
        parameters(row.getString("parameters")),
        row.getInt("epoch"),
        row.getInt("attempt"),
        row.getInt("max_attempts"),
        row.getBoolean("needs_approval"),
        price.amount().amount(),
        row.getBigDecimal("cost"),
        price.amount().currency(),
        error(row.getString("error_code"), row.getString("error_message")),
        row.getString("stopped") == null ? null : StopOutcome.of(row.getString("stopped")),
        row.getString("worker"),
        time(row, "retry_at"),
        time(row, "queued_at"),
        time(row, "started_at"),
        time(row, "finished_at"),
        Arrays.stream(
                ContractJson.mapper()
                    .readValue(row.getString("deliveries"), PlannedDelivery[].class))
            .map(PlannedDelivery::path)
            .toList(),
        outputs);
  }

  private static Parameters parameters(String json) {
    StepParameters of = ContractJson.mapper().readValue(json, StepParameters.class);
    return new Parameters(
        of.size(), of.quality(), of.outputFormat(), of.resolution(), of.durationSeconds());
  }

  private static @Nullable StepProblem error(@Nullable String code, @Nullable String message) {
    return code == null ? null : new StepProblem(code, message == null ? code : message);
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
