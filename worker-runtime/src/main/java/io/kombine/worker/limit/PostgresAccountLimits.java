package io.kombine.worker.limit;

import io.kombine.contracts.Ids;
import io.kombine.contracts.Money;
import io.kombine.contracts.RunStep;
import io.kombine.worker.limit.GrantRule.Decision;
import io.kombine.worker.provider.Charge;
import io.kombine.worker.provider.ProviderOutcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Account limits in PostgreSQL: an account's row is locked while its usage is read and a token is
 * written, so tokens of one account are granted one after the other, those of others beside it.
 */
final class PostgresAccountLimits implements AccountLimits, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PostgresAccountLimits.class);

  /** A longer wait goes back to admission, so that it takes no room in the worker's intake. */
  static final Duration LONGEST_PARK = Duration.ofMinutes(2);

  /** Beyond a call's hard timeout: for the way to the call and for the word of its end. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private static final int MOST_FRESHENINGS = 3;

  private final AccountRows rows;
  private final LockedAccounts accounts;
  private final AccountProperties properties;
  private final CallEnds ends;
  private final LimitMetrics metrics;
  private final Troubles troubles;
  private final Remembered remembered = new Remembered(RandomGenerator.getDefault());

  PostgresAccountLimits(
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      AccountProperties properties,
      LimitMetrics metrics) {
    this.rows = new AccountRows(jdbc);
    this.accounts = new LockedAccounts(rows, transactions);
    this.properties = properties;
    this.metrics = metrics;
    this.troubles = new Troubles(rows, properties, metrics);
    this.ends =
        new CallEnds(rows, accounts, new BreakerRule(properties.accountBreaker()), troubles);
  }

  void start() {
    troubles.start();
  }

  @Override
  public Duration remembered(String account) {
    return remembered.pause(account);
  }

  @Override
  public Admission acquire(RunStep step, Duration hardTimeout) {
    String account = step.account();
    AccountLimit limit = properties.of(account);
    if (!limit.limits() && !troubles.holdsCalls(account)) {
      return new Admission.Granted(new Token(account, null, false, System.nanoTime()));
    }
    return metrics.admitted(
        account,
        refusal(limit, step.price().hold())
            .orElseGet(() -> asked(account, limit, step.price().hold(), hardTimeout)));
  }

  private static Optional<Admission> refusal(AccountLimit limit, Money expected) {
    Money spend = limit.spendPerWindow();
    if (spend == null) {
      return Optional.empty();
    }
    if (!spend.currency().equals(expected.currency())) {
      return Optional.of(
          new Admission.Refused(
              "The account's spend is limited in "
                  + spend.currency()
                  + ", the step is priced in "
                  + expected.currency()
                  + "."));
    }
    return expected.isMoreThan(spend)
        ? Optional.of(
            new Admission.Refused(
                "The step may cost "
                    + expected
                    + ", the account may spend "
                    + spend
                    + " in "
                    + limit.window().toSeconds()
                    + " s."))
        : Optional.empty();
  }

  private Admission asked(
      String account, AccountLimit limit, Money expected, Duration hardTimeout) {
    long asked = System.nanoTime();
    return accounts.locked(
        account,
        row -> {
          int halvings =
              row.pace().halvings() == 0
                  ? 0
                  : PaceRule.halvings(row.pace(), limit.window(), rows.now());
          Integer requests = limit.requestsAt(halvings);
          Usage usage = rows.usage(account, limit, requests, expected);
          return switch (GrantRule.decide(row.breaker(), row.pace(), usage, limit)) {
            case Decision.Grant(boolean probe) -> {
              Instant runningUntil = usage.now().plus(hardTimeout).plus(GRACE);
              if (probe) {
                Breaker probing = row.breaker().probing(runningUntil);
                rows.write(account, new AccountRow(probing, row.pace()));
              }
              UUID id = limit.limits() ? Ids.next() : null;
              if (id != null) {
                rows.add(
                    id,
                    account,
                    usage.now(),
                    expected.amount(),
                    limit.concurrentCalls() == null ? null : runningUntil);
              }
              yield new Admission.Granted(new Token(account, id, probe, asked));
            }
            case Decision.Until(Instant time) ->
                waits(account, limit, Duration.between(usage.now(), time));
            case Decision.Broken(Instant time) ->
                new Admission.Held(
                    remembered.scattered(Duration.between(usage.now(), time), limit.spacing()),
                    "Account " + account + " is held back: " + row.breaker().why());
          };
        });
  }

  private Admission waits(String account, AccountLimit limit, Duration pause) {
    if (pause.compareTo(LONGEST_PARK) > 0) {
      return new Admission.Held(
          remembered.scattered(pause, limit.spacing()),
          "Account " + account + " has used up what it may do for now.");
    }
    remembered.wait(account, pause, limit.spacing());
    return new Admission.Later(remembered.scattered(pause, limit.spacing()));
  }

  @Override
  public void freshen(Token token) {
    UUID id = token.id();
    AccountLimit limit = properties.of(token.account());
    if (id == null || limit.requestsPerWindow() == null) {
      return;
    }
    long stale = limit.effectiveMargin().toNanos() / 2;
    long since = token.askedNanos();
    for (int i = 0; i < MOST_FRESHENINGS && System.nanoTime() - since > stale; i++) {
      since = System.nanoTime();
      quietly("A late token could not be counted from now", () -> rows.countFromNow(id));
    }
  }

  @Override
  public void giveBack(Token token) {
    UUID id = token.id();
    quietly(
        "A token could not be given back",
        () -> {
          if (id != null) {
            rows.remove(id);
          }
          if (token.probe()) {
            rows.endProbe(token.account());
          }
        });
    metrics.returned(token.account());
  }

  @Override
  public ProviderOutcome ended(Token token, RunStep step, ProviderOutcome outcome) {
    UUID id = token.id();
    AccountLimit limit = properties.of(token.account());
    if (id != null && (limit.concurrentCalls() != null || limit.spendPerWindow() != null)) {
      BigDecimal cost = cost(outcome, step);
      quietly("The end of a call could not be counted", () -> rows.end(id, cost));
    }
    if (!token.probe() && !CallEnds.concernAccount(outcome) && !troubles.has(token.account())) {
      return outcome;
    }
    ProviderOutcome said =
        quietly(
            "A call's outcome could not be told to its account",
            () -> ends.tell(token, step, outcome, limit));
    return said == null ? outcome : said;
  }

  @Override
  public ProviderOutcome learned(RunStep step, ProviderOutcome outcome) {
    return ended(new Token(step.account(), null, false, System.nanoTime()), step, outcome);
  }

  /** Null where nobody knows. */
  private static @Nullable BigDecimal cost(ProviderOutcome outcome, RunStep step) {
    if (outcome.charge() instanceof Charge.None) {
      return BigDecimal.ZERO;
    }
    Money cost = outcome.charge().costAt(step.price());
    return cost == null ? null : cost.amount();
  }

  @Override
  public boolean resume(String account) {
    boolean known = accounts.free(account);
    if (known) {
      remembered.forget(account);
      troubles.note(account, AccountRow.FREE, false);
      log.info("Account {} was resumed by an operator", account);
    }
    return known;
  }

  @Override
  public List<AccountTrouble> troubles() {
    return troubles.all();
  }

  private static void quietly(String what, Runnable action) {
    Object unused =
        quietly(
            what,
            () -> {
              action.run();
              return Boolean.TRUE;
            });
  }

  private static <T> @Nullable T quietly(String what, Supplier<T> action) {
    try {
      return action.get();
    } catch (DataAccessException e) {
      log.warn("{}: {}", what, e.toString());
      return null;
    }
  }

  @Override
  public void close() {
    troubles.close();
  }
}
