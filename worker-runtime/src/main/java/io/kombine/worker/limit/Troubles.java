package io.kombine.worker.limit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The accounts in trouble, read every second, so that an account in none costs nothing. What this
 * process itself meets is noted at once. Also prunes what no window counts any more.
 */
final class Troubles implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Troubles.class);

  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration LAST_ROUND = Duration.ofSeconds(5);
  private static final int ROUNDS_BETWEEN_PRUNINGS = 30;

  private final AccountRows rows;
  private final AccountProperties properties;
  private final LimitMetrics metrics;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("account-troubles").factory());

  /** Never changed, only replaced. */
  private volatile Map<String, AccountRow> known = Map.of();

  private int rounds;

  Troubles(AccountRows rows, AccountProperties properties, LimitMetrics metrics) {
    this.rows = rows;
    this.properties = properties;
    this.metrics = metrics;
  }

  void start() {
    properties.accounts().keySet().forEach(account -> metrics.breaker(account, false));
    timer.scheduleWithFixedDelay(this::round, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean has(String account) {
    return known.containsKey(account);
  }

  /** Whether calls have to ask: a failure that has not opened the breaker is no reason. */
  boolean holdsCalls(String account) {
    AccountRow row = known.get(account);
    return row != null && (!row.breaker().closed() || row.pace().notBefore() != null);
  }

  List<AccountTrouble> all() {
    return known.entrySet().stream()
        .map(entry -> entry.getValue().trouble(entry.getKey()))
        .toList();
  }

  synchronized void note(String account, AccountRow row, boolean inTrouble) {
    Map<String, AccountRow> after = new TreeMap<>(known);
    if (inTrouble) {
      after.put(account, row);
    } else {
      after.remove(account);
    }
    known = after;
    metrics.breaker(account, !row.breaker().closed());
  }

  private synchronized void replace(Map<String, AccountRow> read) {
    known.keySet().stream()
        .filter(account -> !read.containsKey(account))
        .forEach(account -> metrics.breaker(account, false));
    known = read;
    read.forEach((account, row) -> metrics.breaker(account, !row.breaker().closed()));
  }

  private void round() {
    try {
      Map<String, AccountRow> read = new TreeMap<>();
      rows.inTrouble().forEach(entry -> read.put(entry.getKey(), entry.getValue()));
      replace(read);
      if (rounds++ % ROUNDS_BETWEEN_PRUNINGS == 0) {
        rows.prune(properties.accounts());
      }
    } catch (DataAccessException | TransactionException e) {
      // why only said: what was known goes on to hold, and the next round comes
      log.warn("The state of the accounts could not be read: {}", e.toString());
    }
  }

  @Override
  public void close() {
    // why not interrupted: a round that is cut off would break its connection
    timer.shutdown();
    try {
      if (!timer.awaitTermination(LAST_ROUND.toSeconds(), TimeUnit.SECONDS)) {
        timer.shutdownNow();
      }
    } catch (InterruptedException e) {
      timer.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
