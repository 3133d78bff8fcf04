package io.kombine.worker.limit;

import io.kombine.contracts.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The statements on {@code account_limits}. All times are the database's. */
final class AccountRows {

  /** No poll reads more; further accounts in trouble are found by asking for a token. */
  private static final int MOST_TROUBLES = 1_000;

  private static final Duration LONGEST_COUNTED = Duration.ofDays(2);

  private final JdbcTemplate jdbc;

  AccountRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  void ensure(String account) {
    jdbc.update(
        "insert into account_limits.accounts (account) values (?) on conflict do nothing", account);
  }

  Optional<AccountRow> lock(String account) {
    return jdbc
        .query(
            "select * from account_limits.accounts where account = ? for update",
            (row, n) -> AccountRow.of(row),
            account)
        .stream()
        .findFirst();
  }

  Instant now() {
    return Objects.requireNonNull(
            jdbc.queryForObject("select clock_timestamp()", OffsetDateTime.class))
        .toInstant();
  }

  /**
   * Reads with one time, after the lock was taken.
   *
   * @param requests as many as may count at once; null for any number
   */
  Usage usage(String account, AccountLimit limit, @Nullable Integer requests, Money expected) {
    Money spend = limit.spendPerWindow();
    BigDecimal room = spend == null ? null : spend.minus(expected).amount();
    return Objects.requireNonNull(
        jdbc.queryForObject(
            """
            with moment as materialized (select clock_timestamp() as now)
            select now,
                   (select at from account_limits.calls
                    where account = ? and at > now - make_interval(secs => ?)
                    order by at desc offset ? limit case when ?::boolean then 1 else 0 end) as nth,
                   (select case when ?::boolean then
                       (select count(*) from account_limits.calls
                        where account = ? and running_until > now)
                    else 0 end) as running,
                   (select case when ?::numeric is not null then
                       (select max(at) from
                           (select at, sum(amount) over (order by at desc, id) as spent
                            from account_limits.calls
                            where account = ? and at > now - make_interval(secs => ?)) newest
                        where spent > ?)
                    end) as cost_nth
            from moment
            """,
            (row, n) ->
                new Usage(
                    Objects.requireNonNull(AccountRow.time(row, "now")),
                    AccountRow.time(row, "nth"),
                    row.getInt("running"),
                    AccountRow.time(row, "cost_nth")),
            account,
            seconds(limit.period()),
            requests == null ? 0 : requests - 1,
            requests != null,
            limit.concurrentCalls() != null,
            account,
            room,
            account,
            seconds(limit.period()),
            room));
  }

  void write(String account, AccountRow row) {
    Breaker breaker = row.breaker();
    Pace pace = row.pace();
    jdbc.update(
        """
        update account_limits.accounts
        set state = ?, failures = ?, last_failed = ?, opens = ?, until = ?, probe_until = ?, why = ?,
            not_before = ?, last_wait = ?, slow = ?, slow_until = ?
        where account = ?
        """,
        breaker.state().name(),
        breaker.failures(),
        breaker.lastFailed(),
        breaker.opens(),
        AccountRow.parameter(breaker.until()),
        AccountRow.parameter(breaker.probeUntil()),
        breaker.why(),
        AccountRow.parameter(pace.notBefore()),
        AccountRow.parameter(pace.lastWait()),
        pace.halvings(),
        AccountRow.parameter(pace.slowUntil()),
        account);
  }

  void add(UUID id, String account, Instant at, BigDecimal amount, @Nullable Instant runningUntil) {
    jdbc.update(
        "insert into account_limits.calls (id, account, at, amount, running_until)"
            + " values (?, ?, ?, ?, ?)",
        id,
        account,
        AccountRow.parameter(at),
        amount,
        AccountRow.parameter(runningUntil));
  }

  void countFromNow(UUID id) {
    jdbc.update("update account_limits.calls set at = clock_timestamp() where id = ?", id);
  }

  /**
   * @param cost null where nobody knows: the expected one stays
   */
  void end(UUID id, @Nullable BigDecimal cost) {
    jdbc.update(
        "update account_limits.calls set running_until = null, amount = coalesce(?, amount)"
            + " where id = ?",
        cost,
        id);
  }

  void remove(UUID id) {
    jdbc.update("delete from account_limits.calls where id = ?", id);
  }

  void endProbe(String account) {
    jdbc.update("update account_limits.accounts set probe_until = null where account = ?", account);
  }

  List<Map.Entry<String, AccountRow>> inTrouble() {
    return jdbc.query(
        """
        select * from account_limits.accounts
        where state <> 'CLOSED' or failures > 0 or not_before > clock_timestamp()
        order by account limit ?
        """,
        (row, n) -> Map.entry(row.getString("account"), AccountRow.of(row)),
        MOST_TROUBLES);
  }

  /** Forgets calls that no window holds any more. */
  void prune(Map<String, AccountLimit> limits) {
    limits.forEach((account, limit) -> prune("account = ? and ", limit.period(), account));
    prune("", LONGEST_COUNTED);
  }

  private void prune(String which, Duration counted, String... account) {
    Object[] parameters = new Object[account.length + 1];
    System.arraycopy(account, 0, parameters, 0, account.length);
    parameters[account.length] = seconds(counted.multipliedBy(2));
    jdbc.update(
        "delete from account_limits.calls where "
            + which
            + "at < clock_timestamp() - make_interval(secs => ?)"
            + " and (running_until is null or running_until < clock_timestamp())",
        parameters);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
