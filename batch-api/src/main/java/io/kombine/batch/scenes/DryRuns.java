package io.kombine.batch.scenes;

import io.kombine.contracts.Ids;
import io.kombine.contracts.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The latest dry run of each of an owner's batches; those of the day before last are forgotten. */
@Repository
class DryRuns {

  /** How long a live call may follow. */
  static final Duration VALIDITY = Duration.ofHours(24);

  private static final int CLEARED_AT_ONCE = 100;

  private final JdbcClient jdbc;
  private final Clock clock;

  DryRuns(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  record DryRun(UUID id, String batchHash, String priceVersion, Money total, Instant runAt) {

    Instant expiresAt() {
      return runAt.plus(VALIDITY);
    }
  }

  /** Keeps a dry run of now in place of an earlier one of the same rows. */
  @Transactional
  public DryRun keep(String owner, String batchHash, String priceVersion, Money total) {
    OffsetDateTime now = clock.instant().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
    jdbc.sql(
            """
            DELETE FROM scene_dry_runs WHERE dry_run_id IN (
              SELECT dry_run_id FROM scene_dry_runs WHERE run_at < ? ORDER BY run_at LIMIT ?
              FOR UPDATE SKIP LOCKED)
            """)
        .params(now.minus(VALIDITY.multipliedBy(2)), CLEARED_AT_ONCE)
        .update();
    return jdbc.sql(
            """
            INSERT INTO scene_dry_runs (dry_run_id, owner, batch_hash, price_version, currency,
              total, run_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (owner, batch_hash) DO UPDATE SET price_version = excluded.price_version,
              currency = excluded.currency, total = excluded.total, run_at = excluded.run_at
            RETURNING *
            """)
        .params(Ids.next(), owner, batchHash, priceVersion, total.currency(), total.amount(), now)
        .query(DryRuns::of)
        .single();
  }

  /** The owner's dry run of these rows, unless it is a day old. */
  @Transactional(readOnly = true)
  public Optional<DryRun> find(String owner, String batchHash) {
    return jdbc.sql("SELECT * FROM scene_dry_runs WHERE owner = ? AND batch_hash = ?")
        .params(owner, batchHash)
        .query(DryRuns::of)
        .optional()
        .filter(run -> clock.instant().isBefore(run.expiresAt()));
  }

  private static DryRun of(ResultSet row, int number) throws SQLException {
    return new DryRun(
        row.getObject("dry_run_id", UUID.class),
        row.getString("batch_hash"),
        row.getString("price_version"),
        new Money(row.getBigDecimal("total"), row.getString("currency")),
        row.getObject("run_at", OffsetDateTime.class).toInstant());
  }
}
