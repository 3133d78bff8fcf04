package io.kombine.worker.provider;

import io.kombine.contracts.RunStep;
import java.time.Duration;
import java.util.List;

/** One call that a provider shall make: what is asked for, and the way to report on it. */
public interface ProviderCall {

  /** The step, with model, prompt, parameters and account. */
  RunStep step();

  /** The step's inputs in its order, ready to be opened. */
  List<CallInput> inputs();

  /**
   * The same for every try of one attempt, and different for another: step id and attempt number.
   */
  String idempotencyKey();

  /**
   * Records durably that the provider has taken the call, so that after a crash it is asked instead
   * of called again. Returns when that is on disk; call it before polling.
   *
   * @param providerTaskId the provider's id of the task, at most 500 characters
   */
  void submitted(String providerTaskId) throws InterruptedException;

  /**
   * Whether the batch was cancelled since. A provider that can stop its task does so and returns
   * {@link ProviderOutcome.Stopped}; any other finishes.
   */
  boolean cancelled();

  /**
   * Waits between two polls, at most until the batch is cancelled.
   *
   * @return whether the batch is cancelled
   */
  boolean pause(Duration duration) throws InterruptedException;
}
