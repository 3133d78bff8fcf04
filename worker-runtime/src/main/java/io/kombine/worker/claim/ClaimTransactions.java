package io.kombine.worker.claim;

import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions at READ COMMITTED, in which each statement sees what was committed before it. Where
 * one can't begin or its commit gets no answer, that is a failure to reach the database.
 *
 * <p>READ COMMITTED is what connections come with; it is verified once, since asking for it would
 * cost every transaction a round trip.
 */
final class ClaimTransactions implements TransactionOperations {

  private final JdbcTemplate jdbc;
  private final TransactionTemplate template;

  ClaimTransactions(DataSource dataSource, Duration timeout) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.template = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    template.setTimeout(Math.toIntExact(timeout.toSeconds()));
  }

  /** Refuses connections of another isolation, under which a cancel could be overlooked. */
  void verifyIsolation() {
    String isolation = jdbc.queryForObject("show transaction_isolation", String.class);
    if (!"read committed".equals(isolation)) {
      throw new IllegalStateException(
          "claims need connections at isolation 'read committed', not '" + isolation + "'");
    }
  }

  @Override
  public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
    try {
      return template.execute(action);
    } catch (TransactionException e) {
      throw new TransientDataAccessResourceException("the database gave no answer", e);
    }
  }
}
