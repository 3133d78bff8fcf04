package io.kombine.worker.limit;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/** Transactions that hold the lock of one account's row. Thread-safe. */
final class LockedAccounts {

  private final Set<String> ensured = ConcurrentHashMap.newKeySet();
  private final AccountRows rows;
  private final TransactionOperations transactions;

  LockedAccounts(AccountRows rows, TransactionOperations transactions) {
    this.rows = rows;
    this.transactions = transactions;
  }

  /**
   * Makes the account's row where there is none, and locks it.
   *
   * @throws org.springframework.dao.DataAccessException when the database cannot be reached
   */
  <T> T locked(String account, Function<AccountRow, T> action) {
    if (!ensured.contains(account)) {
      rows.ensure(account);
      ensured.add(account);
    }
    return inTransaction(() -> action.apply(row(account)));
  }

  /**
   * Forgets all trouble.
   *
   * @return false when there is no such account
   */
  boolean free(String account) {
    return inTransaction(() -> {
      if (rows.lock(account).isEmpty()) {
        return false;
      }
      rows.write(account, AccountRow.FREE);
      return true;
    });
  }

  private AccountRow row(String account) {
    return rows.lock(account)
        .orElseThrow(() -> {
          // why: somebody has deleted it; the next question makes it again
          ensured.remove(account);
          return new TransientDataAccessResourceException("account " + account + " has no row");
        });
  }

  private <T> T inTransaction(Supplier<T> action) {
    try {
      return Objects.requireNonNull(transactions.execute(status -> action.get()));
    } catch (TransactionException e) {
      throw new TransientDataAccessResourceException("the database gave no answer", e);
    }
  }
}
