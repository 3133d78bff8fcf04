package io.kombine.worker.claim;

import io.kombine.contracts.BatchControl;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** What each batch is held in, and how long its claims are kept after its end. */
final class Controls {

  private static final int CHUNK = 1_000;
  private static final int MAX_CHUNKS = 100;

  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtextextended(current_schema() || ?::text, 0))";

  private static final String RECORD =
      """
      insert into controls as k (batch_id, sequence, hold) values (?, ?, ?)
      on conflict (batch_id) do update
        set sequence = excluded.sequence, hold = excluded.hold, forgotten_at = null
        where k.sequence < excluded.sequence
      """;

  private static final String BEGUN =
      """
      select step_id from claims
      where batch_id = ? and begun_token is not null and not published order by step_id
      """;

  /**
   * why a cancelled batch stays so until its claims are removed: a record that comes back from the
   * dead-letter topic must not run.
   */
  private static final String FORGET =
      """
      insert into controls as k (batch_id, sequence, hold, forgotten_at)
      values (?, 0, 'NONE', clock_timestamp())
      on conflict (batch_id) do update
        set forgotten_at = coalesce(k.forgotten_at, clock_timestamp()),
            hold = case when k.hold = 'PAUSED' then 'NONE' else k.hold end
      """;

  private static final String REMOVE_CLAIMS =
      """
      delete from claims where step_id in (
        select c.step_id from controls k join claims c on c.batch_id = k.batch_id
        where k.forgotten_at < clock_timestamp() - ? * interval '1 millisecond'
          and c.lease_until < clock_timestamp() - ? * interval '1 millisecond'
        limit ? for update of c skip locked)
      """;

  private static final String REMOVE_CONTROLS =
      """
      delete from controls where batch_id in (
        select batch_id from controls k
        where k.forgotten_at < clock_timestamp() - ? * interval '1 millisecond'
          and not exists (select 1 from claims c where c.batch_id = k.batch_id)
        limit ? for update skip locked)
      """;

  private final JdbcTemplate jdbc;
  private final TransactionOperations transactions;
  private final Duration retention;

  Controls(JdbcTemplate jdbc, TransactionOperations transactions, Duration retention) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.retention = retention;
  }

  List<UUID> record(BatchControl control) {
    return Objects.requireNonNull(
        transactions.execute(status -> {
          jdbc.query(LOCK, row -> {}, control.batchId().toString());
          jdbc.update(RECORD, control.batchId(), control.sequence(), control.hold().name());
          return jdbc.queryForList(BEGUN, UUID.class, control.batchId());
        }));
  }

  void forget(UUID batchId) {
    jdbc.update(FORGET, batchId);
  }

  /**
   * Removes the claims of batches that ended before the retention, then what remains of those
   * batches; at most 100,000 of either a run. The ledger stays.
   */
  void removeOld() {
    long millis = retention.toMillis();
    for (int i = 0; i < MAX_CHUNKS && jdbc.update(REMOVE_CLAIMS, millis, millis, CHUNK) > 0; i++) {}
    for (int i = 0; i < MAX_CHUNKS && jdbc.update(REMOVE_CONTROLS, millis, CHUNK) > 0; i++) {}
  }
}
