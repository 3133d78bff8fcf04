package io.kombine.worker.limit;

import io.kombine.contracts.RunStep;
import io.kombine.worker.provider.ProviderOutcome;
import java.time.Duration;
import java.util.List;

/**
 * The limits and the circuit breaker of every account, over all workers of all stages (design
 * §4.8). A step that must wait holds nothing here: a token exists only from {@link #acquire} to its
 * call, so none is lost with a record that moves, waits or is cancelled.
 *
 * <p>An account without limits that is in no trouble costs no round trip; trouble that other
 * processes meet on it is heard of within a second. Thread-safe; called outside a transaction.
 */
public interface AccountLimits {

  /**
   * How long nothing is to be had for the account, as far as this process remembers: zero, or a
   * pause of its own for each caller, so that waiting steps come back one by one. Costs nothing.
   */
  Duration remembered(String account);

  /**
   * Asks for leave to make the step's call at once. What is granted is either used within the
   * limit's margin ({@link #freshen} before the call and when its request leaves, {@link #ended}
   * after it) or {@link #giveBack given back}.
   *
   * @param hardTimeout after which the call counts as ended, whatever becomes of this process
   * @throws org.springframework.dao.DataAccessException when the database cannot be reached;
   *     nothing is granted then
   */
  Admission acquire(RunStep step, Duration hardTimeout);

  /** Makes the token count from now on where the way to the call took long. Never throws. */
  void freshen(Token token);

  /** Takes back a token whose call was not made. Never throws; a lost one passes by itself. */
  void giveBack(Token token);

  /**
   * Says what became of the call. Never throws.
   *
   * @return what to make of it: the same, or a {@link ProviderOutcome.Wait} in place of an unbilled
   *     {@link ProviderOutcome.Retry} while the account's breaker is open, so that an outage costs
   *     no attempts
   */
  ProviderOutcome ended(Token token, RunStep step, ProviderOutcome outcome);

  /**
   * Says what was learnt of a call that another process had begun, and that is counted already.
   * Never throws.
   *
   * @return what to make of it, as of {@link #ended}
   */
  ProviderOutcome learned(RunStep step, ProviderOutcome outcome);

  /**
   * Closes the account's breaker and forgets what the provider asked for; the limits stay.
   *
   * @return false when nothing is known of the account
   */
  boolean resume(String account);

  /** The accounts in trouble as this process knows them, by name. */
  List<AccountTrouble> troubles();
}
