package io.kombine.worker.limit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The row of an account. */
record AccountRow(Breaker breaker, Pace pace) {

  static final AccountRow FREE = new AccountRow(Breaker.CLOSED, Pace.FREE);

  static AccountRow of(ResultSet row) throws SQLException {
    return new AccountRow(
        new Breaker(
            Breaker.State.valueOf(row.getString("state")),
            row.getInt("failures"),
            row.getObject("last_failed", UUID.class),
            row.getInt("opens"),
            time(row, "until"),
            time(row, "probe_until"),
            row.getString("why")),
        new Pace(
            time(row, "not_before"),
            time(row, "last_wait"),
            row.getInt("slow"),
            time(row, "slow_until")));
  }

  /** Whether the account's calls have to be looked after even where it has no limits. */
  boolean inTrouble(Instant now) {
    Instant notBefore = pace.notBefore();
    return !breaker.closed()
        || breaker.failures() > 0
        || (notBefore != null && notBefore.isAfter(now));
  }

  AccountTrouble trouble(String account) {
    return new AccountTrouble(
        account,
        breaker.state().name(),
        breaker.failures(),
        breaker.until(),
        pace.notBefore(),
        breaker.why());
  }

  static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  static @Nullable OffsetDateTime parameter(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }
}
