package io.kombine.batch.step;

import io.kombine.batch.step.StepRow.Planned;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.PlannedDelivery;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import io.kombine.contracts.StepPosition;
import io.kombine.contracts.StepProblem;
import io.kombine.contracts.StepState;
import io.kombine.contracts.StopOutcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.core.type.TypeReference;

/** Between a step's row and its columns. */
final class StepRowReader implements RowMapper<StepRow> {

  static final String COLUMNS =
      """
      step_id, batch_id, kind, parent_id, model, parameters, prompt, variation, output_count,
      price_hold, needs_approval, deliveries, inputs, state,
      epoch, settled_epoch, attempt, retry_at, granted, steps.hold, steps.cost, error_code,
      error_message, stopped, worker, announced, touched_at, queued_at, started_at, finished_at
      """;

  private static final TypeReference<List<PlannedDelivery>> DELIVERIES = new TypeReference<>() {};
  private static final TypeReference<List<StepInput>> INPUTS = new TypeReference<>() {};

  @Override
  public StepRow mapRow(ResultSet row, int number) throws SQLException {
    StepRow step =
        new StepRow(
            new Planned(
                row.getObject("step_id", UUID.class),
                row.getObject("batch_id", UUID.class),
                StepKind.of(row.getString("kind")),
                row.getObject("parent_id", UUID.class),
                row.getString("model"),
                ContractJson.mapper().readValue(row.getString("parameters"), StepParameters.class),
                row.getString("prompt"),
                row.getInt("variation"),
                row.getInt("output_count"),
                row.getBigDecimal("price_hold"),
                row.getBoolean("needs_approval"),
                ContractJson.mapper().readValue(row.getString("deliveries"), DELIVERIES)),
            ContractJson.mapper().readValue(row.getString("inputs"), INPUTS),
            new StepPosition(row.getInt("epoch"), StepState.valueOf(row.getString("state"))),
            row.getInt("settled_epoch"),
            row.getInt("attempt"),
            row.getBoolean("granted"),
            row.getBigDecimal("hold"),
            Objects.requireNonNull(time(row, "touched_at")));
    step.retryAt = time(row, "retry_at");
    step.cost = row.getBigDecimal("cost");
    String code = row.getString("error_code");
    step.error = code == null ? null : new StepProblem(code, row.getString("error_message"));
    String stopped = row.getString("stopped");
    step.stopped = stopped == null ? null : StopOutcome.of(stopped);
    step.worker = row.getString("worker");
    step.announced = row.getBoolean("announced");
    step.queuedAt = time(row, "queued_at");
    step.startedAt = time(row, "started_at");
    step.finishedAt = time(row, "finished_at");
    return step;
  }

  /** The columns that may change; inputs only where they were filled. */
  static Map<String, Object> columns(StepRow step) {
    Map<String, Object> columns = new HashMap<>();
    columns.put("step_id", step.stepId());
    columns.put("state", step.state);
    columns.put("epoch", step.epoch);
    columns.put("rank", step.state.rank());
    columns.put("settled_epoch", step.settledEpoch);
    columns.put("attempt", step.attempt);
    put(columns, "retry_at", step.retryAt);
    columns.put("granted", step.granted);
    columns.put("hold", step.hold);
    put(columns, "cost", step.cost);
    StepProblem error = step.error;
    put(columns, "error_code", error == null ? null : error.code());
    put(columns, "error_message", error == null ? null : error.message());
    put(columns, "stopped", step.stopped);
    put(columns, "worker", step.worker);
    columns.put("announced", step.announced);
    columns.put("touched_at", step.touchedAt);
    put(columns, "queued_at", step.queuedAt);
    put(columns, "started_at", step.startedAt);
    put(columns, "finished_at", step.finishedAt);
    if (step.isFilled()) {
      columns.put("inputs", step.inputs);
      put(columns, "content_key", step.contentKey());
    }
    return columns;
  }

  private static void put(Map<String, Object> columns, String name, @Nullable Object value) {
    if (value != null) {
      columns.put(name, value);
    }
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
