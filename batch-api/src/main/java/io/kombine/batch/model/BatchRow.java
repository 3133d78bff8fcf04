package io.kombine.batch.model;

import io.kombine.batch.plan.StageOrder;
import io.kombine.contracts.BatchControl.Hold;
import io.kombine.contracts.BatchKind;
import io.kombine.contracts.BatchStatus;
import io.kombine.contracts.StepKind;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code batches} as it was read, without the request.
 *
 * @param revision of what a {@code BatchEvent} shows
 * @param manifestEpoch the epoch of the manifest's delivery; 0 before the first
 * @param stages the order of its stages, where there are barriers between them
 */
public record BatchRow(
    UUID batchId,
    String owner,
    BatchKind kind,
    String name,
    String folder,
    String currency,
    BigDecimal quoted,
    @Nullable BigDecimal maxCost,
    BigDecimal spent,
    @Nullable UUID quoteId,
    int totalSteps,
    boolean planning,
    boolean started,
    Hold hold,
    @Nullable String holdReason,
    long controlSequence,
    BatchStatus status,
    long revision,
    int files,
    int filesDelivered,
    int filesFailed,
    @Nullable String folderUrl,
    int manifestEpoch,
    boolean deliveriesComplete,
    @Nullable Long etaP50Seconds,
    @Nullable Long etaP90Seconds,
    @Nullable String errorCode,
    @Nullable String errorMessage,
    StageOrder stages,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  /** Why a batch is paused: a person asked for it. */
  public static final String HELD_BY_USER = "user";

  /** Why a batch is paused: its next step would cost more than it may. */
  public static final String HELD_BY_BUDGET = "budget";

  /** The columns that {@link #of} reads. */
  public static final String COLUMNS =
      """
      batch_id, owner, kind, name, folder, currency, quoted, max_cost, spent, quote_id, total_steps,
      planning, started, hold, hold_reason, control_sequence, status, revision, files,
      files_delivered, files_failed, folder_url, manifest_epoch, deliveries_complete,
      eta_p50_seconds, eta_p90_seconds, error_code, error_message, stages, created_at,
      started_at, finished_at
      """;

  /** Whether admission passes it over because its money is spent or set aside. */
  public boolean isHeldByBudget() {
    return hold == Hold.PAUSED && HELD_BY_BUDGET.equals(holdReason);
  }

  /** Reads the current row of a query for {@link #COLUMNS}. */
  public static BatchRow of(ResultSet row, int number) throws SQLException {
    return new BatchRow(
        row.getObject("batch_id", UUID.class),
        row.getString("owner"),
        BatchKind.of(row.getString("kind")),
        row.getString("name"),
        row.getString("folder"),
        row.getString("currency"),
        row.getBigDecimal("quoted"),
        row.getBigDecimal("max_cost"),
        row.getBigDecimal("spent"),
        row.getObject("quote_id", UUID.class),
        row.getInt("total_steps"),
        row.getBoolean("planning"),
        row.getBoolean("started"),
        Hold.valueOf(row.getString("hold")),
        row.getString("hold_reason"),
        row.getLong("control_sequence"),
        BatchStatus.valueOf(row.getString("status")),
        row.getLong("revision"),
        row.getInt("files"),
        row.getInt("files_delivered"),
        row.getInt("files_failed"),
        row.getString("folder_url"),
        row.getInt("manifest_epoch"),
        row.getBoolean("deliveries_complete"),
        row.getObject("eta_p50_seconds", Long.class),
        row.getObject("eta_p90_seconds", Long.class),
        row.getString("error_code"),
        row.getString("error_message"),
        stages(row),
        instant(row, "created_at"),
        instantOrNull(row, "started_at"),
        instantOrNull(row, "finished_at"));
  }

  private static StageOrder stages(ResultSet row) throws SQLException {
    Array stages = row.getArray("stages");
    return stages == null
        ? StageOrder.NONE
        : new StageOrder(Stream.of((String[]) stages.getArray()).map(StepKind::of).toList());
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
