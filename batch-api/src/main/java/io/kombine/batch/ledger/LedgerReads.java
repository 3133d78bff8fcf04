package io.kombine.batch.ledger;

import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepState;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Reads the ledger, a page at a time. */
@Repository
public class LedgerReads {

  /** The most entries of a page. */
  public static final int MAX_LIMIT = 1_000;

  private static final OffsetDateTime EVER =
      OffsetDateTime.of(9999, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  private final JdbcClient jdbc;

  LedgerReads(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A page of entries, by time, step and epoch.
   *
   * @param cursor of the page before; null for the first
   * @param limit 1 to {@link #MAX_LIMIT}
   * @throws ProblemException when the cursor is none of this ledger's
   */
  @Transactional(readOnly = true)
  public LedgerPage page(LedgerScope scope, @Nullable String cursor, int limit) {
    LedgerCursor after =
        cursor == null
            ? LedgerCursor.START
            : LedgerCursor.parse(cursor)
                .orElseThrow(() ->
                    ProblemException.of(
                        ProblemType.INVALID_REQUEST,
                        FieldProblem.of("cursor", "is no cursor of a ledger")));
    LocalDate day = scope.day();
    OffsetDateTime from =
        day == null
            ? Instant.EPOCH.atOffset(ZoneOffset.UTC)
            : day.atStartOfDay().atOffset(ZoneOffset.UTC);
    List<LedgerEntry> entries =
        jdbc.sql(
                """
                SELECT c.batch_id, c.step_id, s.kind, s.account, s.provider, s.model, c.epoch,
                  c.attempt, c.outcome, c.cost, b.currency, c.charged_at,
                  CASE WHEN c.cost IS NULL AND s.epoch = c.epoch AND s.state = 'UNKNOWN'
                    THEN s.hold ELSE 0 END AS held
                FROM step_charges c
                JOIN steps s USING (step_id)
                JOIN batches b ON b.batch_id = c.batch_id
                WHERE b.owner = :owner
                  AND (CAST(:batch AS uuid) IS NULL OR c.batch_id = :batch)
                  AND c.charged_at >= :from AND c.charged_at < :until
                  AND (c.charged_at, c.step_id, c.epoch) > (:time, :step, :epoch)
                ORDER BY c.charged_at, c.step_id, c.epoch LIMIT :limit
                """)
            .param("owner", scope.owner())
            .param("batch", scope.batchId())
            .param("from", from)
            .param("until", day == null ? EVER : from.plusDays(1))
            .param("time", after.time().atOffset(ZoneOffset.UTC))
            .param("step", after.stepId())
            .param("epoch", after.epoch())
            .param("limit", limit + 1)
            .query(LedgerReads::entry)
            .list();
    boolean more = entries.size() > limit;
    List<LedgerEntry> page = more ? entries.subList(0, limit) : entries;
    return new LedgerPage(page, more ? LedgerCursor.after(page.getLast()).toString() : null);
  }

  private static LedgerEntry entry(ResultSet row, int number) throws SQLException {
    BigDecimal cost = row.getBigDecimal("cost");
    return new LedgerEntry(
        row.getObject("batch_id", UUID.class),
        row.getObject("step_id", UUID.class),
        StepKind.of(row.getString("kind")),
        row.getString("account"),
        row.getString("provider"),
        row.getString("model"),
        row.getInt("epoch"),
        row.getInt("attempt"),
        StepState.valueOf(row.getString("outcome")),
        cost,
        row.getBigDecimal("held"),
        row.getString("currency"),
        Objects.requireNonNull(row.getObject("charged_at", OffsetDateTime.class)).toInstant());
  }
}
