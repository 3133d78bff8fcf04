package io.kombine.batch.admission;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps tables small that only ever grow, a bounded part at a time. */
@Component
class Housekeeping {

  /** For so long an idempotency key stands for its request. */
  static final Duration KEYS_KEPT = Duration.ofDays(30);

  /** An owner's amounts are summed up once there are more of them. */
  static final int MANY_AMOUNTS = 100;

  private static final int AT_ONCE = 1_000;

  private final JdbcClient jdbc;
  private final Clock clock;

  Housekeeping(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Does a bounded part; what is left waits for the next time. */
  @Transactional
  public void run() {
    forgetKeys();
    sumSpending();
  }

  private void forgetKeys() {
    jdbc.sql(
            """
            DELETE FROM idempotency_keys WHERE (owner, key) IN (
              SELECT owner, key FROM idempotency_keys WHERE created_at < ?
              ORDER BY created_at LIMIT ? FOR UPDATE SKIP LOCKED)
            """)
        .params(clock.instant().minus(KEYS_KEPT).atOffset(ZoneOffset.UTC), AT_ONCE)
        .update();
  }

  private void sumSpending() {
    jdbc.sql(
            """
            WITH many AS (
              SELECT owner, currency FROM account_spending
              GROUP BY owner, currency HAVING count(*) > ?),
            gone AS (
              DELETE FROM account_spending s USING many m
              WHERE s.owner = m.owner AND s.currency = m.currency
              RETURNING s.owner, s.currency, s.amount)
            INSERT INTO account_spending (owner, currency, amount)
            SELECT owner, currency, sum(amount) FROM gone GROUP BY owner, currency
            """)
        .param(MANY_AMOUNTS)
        .update();
  }
}
