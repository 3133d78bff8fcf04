package io.kombine.worker.claim;

import io.kombine.contracts.ContractJson;
import io.kombine.contracts.StepEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A step's claim as the database holds it.
 *
 * @param leaseMillis until its lease runs out, by the database's clock; 0 or less when it has
 * @param begunToken the taking whose call has begun, or null
 * @param callEpoch the epoch that call was made for
 * @param result JSON of the event that the last end answers with
 */
record ClaimRow(
    UUID stepId,
    int epoch,
    long token,
    String state,
    String owner,
    long leaseMillis,
    int takeovers,
    @Nullable Slot slot,
    @Nullable Long begunToken,
    @Nullable Integer callEpoch,
    @Nullable String providerTaskId,
    @Nullable String result) {

  static final String RESERVED = "RESERVED";

  /** One place of a stage's cap. */
  record Slot(int partition, int n) {}

  boolean hasEnded() {
    return switch (state) {
      case "SETTLED", "RELEASED", "UNKNOWN" -> true;
      default -> false;
    };
  }

  /** The event its end answers with; only of one that has ended. */
  StepEvent answer(int atLeastEpoch) {
    StepEvent event =
        ContractJson.mapper().readValue(Objects.requireNonNull(result), StepEvent.class);
    return Epochs.raise(event, Math.max(epoch, atLeastEpoch));
  }

  static ClaimRow of(ResultSet row) throws SQLException {
    Integer partition = row.getObject("slot_partition", Integer.class);
    return new ClaimRow(
        Objects.requireNonNull(row.getObject("step_id", UUID.class)),
        row.getInt("epoch"),
        row.getLong("token"),
        Objects.requireNonNull(row.getString("state")),
        Objects.requireNonNull(row.getString("owner")),
        row.getLong("lease_millis"),
        row.getInt("takeovers"),
        partition == null ? null : new Slot(partition, row.getInt("slot_n")),
        row.getObject("begun_token", Long.class),
        row.getObject("call_epoch", Integer.class),
        row.getString("provider_task_id"),
        row.getString("result"));
  }
}
