package io.kombine.batch.publish;

import io.kombine.contracts.ContractJson;
import io.kombine.contracts.PlannedDelivery;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import io.kombine.contracts.StepPrice;
import io.kombine.contracts.StepState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** A step as it is told to Kafka. */
record StepRow(
    UUID stepId,
    UUID batchId,
    String owner,
    String folder,
    int ordinal,
    int groupIndex,
    StepKind kind,
    @Nullable UUID parentId,
    String account,
    String provider,
    String model,
    String prompt,
    int promptIndex,
    int variation,
    StepParameters parameters,
    List<StepInput> inputs,
    int outputCount,
    StepPrice price,
    @Nullable String contentKey,
    List<PlannedDelivery> deliveries,
    int maxAttempts,
    StepState state,
    int epoch,
    int settledEpoch,
    int attempt,
    @Nullable Instant retryAt,
    @Nullable String errorCode,
    @Nullable String errorMessage,
    @Nullable String stopped) {

  static final String COLUMNS =
      """
      s.step_id, s.batch_id, b.owner, b.folder, s.ordinal, s.group_index, s.kind, s.parent_id,
      s.account, s.provider, s.model, s.prompt, s.prompt_index, s.variation, s.parameters, s.inputs,
      s.output_count, s.price, s.content_key, s.deliveries, s.max_attempts, s.state, s.epoch,
      s.settled_epoch, s.attempt, s.retry_at, s.error_code, s.error_message, s.stopped
      """;

  private static final TypeReference<List<StepInput>> INPUTS = new TypeReference<>() {};
  private static final TypeReference<List<PlannedDelivery>> DELIVERIES = new TypeReference<>() {};

  static StepRow of(ResultSet row, int number) throws SQLException {
    OffsetDateTime retryAt = row.getObject("retry_at", OffsetDateTime.class);
    var json = ContractJson.mapper();
    return new StepRow(
        row.getObject("step_id", UUID.class),
        row.getObject("batch_id", UUID.class),
        row.getString("owner"),
        row.getString("folder"),
        row.getInt("ordinal"),
        row.getInt("group_index"),
        StepKind.of(row.getString("kind")),
        row.getObject("parent_id", UUID.class),
        row.getString("account"),
        row.getString("provider"),
        row.getString("model"),
        row.getString("prompt"),
        row.getInt("prompt_index"),
        row.getInt("variation"),
        json.readValue(row.getString("parameters"), StepParameters.class),
        json.readValue(row.getString("inputs"), INPUTS),
        row.getInt("output_count"),
        json.readValue(row.getString("price"), StepPrice.class),
        row.getString("content_key"),
        json.readValue(row.getString("deliveries"), DELIVERIES),
        row.getInt("max_attempts"),
        StepState.valueOf(row.getString("state")),
        row.getInt("epoch"),
        row.getInt("settled_epoch"),
        row.getInt("attempt"),
        retryAt == null ? null : retryAt.toInstant(),
        row.getString("error_code"),
        row.getString("error_message"),
        row.getString("stopped"));
  }

  /** The command to run it, listing the children that its worker shall chain. */
  RunStep command(List<RunStep> children, Instant admittedAt) {
    return new RunStep(
        RunStep.VERSION,
        stepId,
        batchId,
        owner,
        kind,
        groupIndex,
        ordinal,
        epoch,
        settledEpoch,
        attempt,
        maxAttempts,
        account,
        provider,
        model,
        prompt,
        promptIndex,
        variation,
        parameters,
        inputs,
        outputCount,
        price,
        contentKey,
        folder,
        deliveries,
        admittedAt,
        children);
  }
}
