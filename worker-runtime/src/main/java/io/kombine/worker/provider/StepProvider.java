package io.kombine.worker.provider;

import io.kombine.contracts.RunStep;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An adapter to one model API: makes the one paid call of a step.
 *
 * <p>Called on a virtual thread per call, by many threads at once, without a transaction. It makes
 * at most one billable call an invocation, with retries of its HTTP client or SDK turned off: the
 * system's own are the only ones. A thread that is interrupted (the hard timeout, or the process
 * ends) gives up within a second. What goes wrong is a value; an exception that escapes counts as
 * {@link ProviderOutcome.Ambiguous}, or as {@link ProviderOutcome.Retry} where resubmitting is
 * safe.
 */
public interface StepProvider {

  /** What {@code RunStep.provider} says to reach this one; unique in a worker. */
  String name();

  /**
   * Makes the call and waits for its end. A provider that submits and then polls reports the
   * provider's task id by {@link ProviderCall#submitted} between the two.
   */
  ProviderOutcome call(ProviderCall call) throws InterruptedException;

  /**
   * The longest that a step's call goes on at the provider: it is interrupted here after this time,
   * and its place under the cap is not given to another call before, even when this process is
   * gone. So it should be no longer than the work may honestly take. Between 1 s and 1 h, the same
   * each time it is asked.
   */
  Duration hardTimeout(RunStep step);

  /** Whether making the same call again is harmless and free, because nothing is billed. */
  default boolean resubmitSafe() {
    return false;
  }

  /** Whether {@link #ask} finds a call by its idempotency key alone, without a task id. */
  default boolean findsByIdempotencyKey() {
    return false;
  }

  /**
   * What became of a call that another process made and did not see the end of; waits for the end
   * where it goes on. Asked only with a task id, or where the provider {@link
   * #findsByIdempotencyKey}. Never makes a billable call.
   *
   * @param providerTaskId as reported by {@link ProviderCall#submitted}
   * @return empty when the provider says for certain that it never took the call
   */
  default Optional<ProviderOutcome> ask(ProviderCall call, @Nullable String providerTaskId)
      throws InterruptedException {
    return Optional.of(
        new ProviderOutcome.Ambiguous(
            "The provider cannot be asked what became of the call.", Charge.unknown()));
  }
}
