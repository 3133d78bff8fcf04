package io.kombine.worker.limit;

import io.kombine.contracts.RunStep;
import io.kombine.worker.provider.Charge;
import io.kombine.worker.provider.ProviderOutcome;
import io.kombine.worker.provider.ProviderOutcome.Ambiguous;
import io.kombine.worker.provider.ProviderOutcome.Auth;
import io.kombine.worker.provider.ProviderOutcome.Billing;
import io.kombine.worker.provider.ProviderOutcome.Input;
import io.kombine.worker.provider.ProviderOutcome.Policy;
import io.kombine.worker.provider.ProviderOutcome.Retry;
import io.kombine.worker.provider.ProviderOutcome.Stopped;
import io.kombine.worker.provider.ProviderOutcome.Succeeded;
import io.kombine.worker.provider.ProviderOutcome.Wait;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells accounts what became of their calls. Thread-safe. */
final class CallEnds {

  private static final Logger log = LoggerFactory.getLogger(CallEnds.class);

  private final AccountRows rows;
  private final LockedAccounts accounts;
  private final BreakerRule breakerRule;
  private final Troubles troubles;

  CallEnds(AccountRows rows, LockedAccounts accounts, BreakerRule breakerRule, Troubles troubles) {
    this.rows = rows;
    this.accounts = accounts;
    this.breakerRule = breakerRule;
    this.troubles = troubles;
  }

  /** Whether the outcome changes an account that is in no trouble. */
  static boolean concernAccount(ProviderOutcome outcome) {
    return switch (outcome) {
      case Retry _, Wait _, Auth _, Billing _, Ambiguous _ -> true;
      case Succeeded _, Policy _, Input _, Stopped _ -> false;
    };
  }

  /**
   * Changes breaker and pace.
   *
   * @return what to make of the outcome, see {@link AccountLimits#ended}
   */
  ProviderOutcome tell(Token token, RunStep step, ProviderOutcome outcome, AccountLimit limit) {
    String account = token.account();
    return accounts.locked(
        account,
        before -> {
          Instant now = rows.now();
          AccountRow after =
              new AccountRow(
                  breakerRule.after(before.breaker(), outcome, step.stepId(), token.probe(), now),
                  outcome instanceof Wait wait
                      ? PaceRule.pushed(before.pace(), wait.pause(), limit.window(), now)
                      : before.pace());
          if (!after.equals(before)) {
            rows.write(account, after);
            say(account, before.breaker(), after.breaker());
          }
          troubles.note(account, after, after.inTrouble(now));
          return withoutAttempt(outcome, after.breaker(), now);
        });
  }

  private static void say(String account, Breaker before, Breaker after) {
    if (after.closed() && !before.closed()) {
      log.info("Account {} works again", account);
    } else if (!after.closed() && !after.equals(before)) {
      log.warn(
          "Account {} is {} until a probe at {}: {}",
          account,
          after.state(),
          after.until(),
          after.why());
    }
  }

  private static ProviderOutcome withoutAttempt(
      ProviderOutcome outcome, Breaker breaker, Instant now) {
    Instant until = breaker.until();
    return until != null
            && outcome instanceof Retry(String message, Charge charge)
            && charge instanceof Charge.None
        ? new Wait(message, PaceRule.bounded(Duration.between(now, until)))
        : outcome;
  }
}
