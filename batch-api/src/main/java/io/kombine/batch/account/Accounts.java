package io.kombine.batch.account;

import io.kombine.batch.model.WorkSignal;
import io.kombine.batch.pricing.ModelCatalog;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads balances and sets budgets. An owner gets a record when first needed. */
@Service
public class Accounts {

  private final JdbcClient jdbc;
  private final ModelCatalog catalog;
  private final WorkSignal signal;
  private final Clock clock;

  Accounts(JdbcClient jdbc, ModelCatalog catalog, WorkSignal signal, Clock clock) {
    this.jdbc = jdbc;
    this.catalog = catalog;
    this.signal = signal;
    this.clock = clock;
  }

  /** An owner's balance now. */
  @Transactional
  public Account of(String owner) {
    Optional<Account> known = find(owner);
    if (known.isEmpty()) {
      record(owner, null);
      known = find(owner);
    }
    return known.orElseThrow();
  }

  /**
   * Sets what an owner may spend in all, what is spent already included, in the price book's
   * currency. Steps under way are finished whatever it is; admission takes it from its next pass
   * on, and batches paused for want of money go on then.
   *
   * @param budget 0 or more; null for no limit
   */
  @Transactional
  public Account budget(String owner, @Nullable BigDecimal budget) {
    record(owner, null);
    jdbc.sql(
            """
            UPDATE api_keys SET budget = CAST(:budget AS numeric), currency = :currency,
              changed_at = :now
            WHERE owner = :owner
            """)
        .param("budget", budget)
        .param("currency", catalog.currency())
        .param("now", now())
        .param("owner", owner)
        .update();
    signal.raise();
    return find(owner).orElseThrow();
  }

  /**
   * Makes sure that an owner has a record.
   *
   * @param keyHash the hash of the owner's key; null leaves the one that is there
   */
  @Transactional
  public void record(String owner, @Nullable String keyHash) {
    jdbc.sql(
            """
            INSERT INTO api_keys AS k (owner, key_hash, currency, created_at, changed_at)
            VALUES (:owner, CAST(:hash AS text), :currency, :now, :now)
            ON CONFLICT (owner) DO UPDATE SET key_hash = excluded.key_hash, changed_at = :now
            WHERE excluded.key_hash IS NOT NULL
              AND k.key_hash IS DISTINCT FROM excluded.key_hash
            """)
        .param("owner", owner)
        .param("hash", keyHash)
        .param("currency", catalog.currency())
        .param("now", now())
        .update();
  }

  private Optional<Account> find(String owner) {
    return jdbc.sql(
            """
            SELECT owner, currency, budget, spent, held, budget - spent - held AS available
            FROM account_balances WHERE owner = ?
            """)
        .param(owner)
        .query(Account.class)
        .optional();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
