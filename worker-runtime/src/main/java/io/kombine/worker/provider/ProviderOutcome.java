package io.kombine.worker.provider;

import io.kombine.contracts.StopOutcome;
import java.time.Duration;
import java.util.List;

/**
 * What became of a call. Each but the success has a message for people: one sentence without keys
 * or signed URLs. {@link #charge()} is what is billed all the same.
 */
public sealed interface ProviderOutcome {

  Charge charge();

  /** In the order of the outputs, at least one. */
  record Succeeded(List<ProducedOutput> outputs, Charge charge) implements ProviderOutcome {
    public Succeeded {
      outputs = List.copyOf(outputs);
      if (outputs.isEmpty()) {
        throw new IllegalArgumentException("a success has at least one output");
      }
    }

    /** One output at the step's price. */
    public static Succeeded of(ProducedOutput output) {
      return new Succeeded(List.of(output), Charge.asPriced());
    }
  }

  /** Anything else. */
  sealed interface Failure extends ProviderOutcome {
    String message();
  }

  /** Failed in a way that may pass: counts an attempt, comes back after a growing pause. */
  record Retry(String message, Charge charge) implements Failure {
    public Retry(String message) {
      this(message, Charge.none());
    }
  }

  /**
   * Not taken for want of capacity, such as a 429: counts no attempt and comes back at the
   * provider's time.
   *
   * @param pause from now; at least zero, cut at one hour
   */
  record Wait(String message, Duration pause) implements Failure {
    @Override
    public Charge charge() {
      return Charge.none();
    }
  }

  /** The provider's content rules refuse it: ends the step. */
  record Policy(String message, Charge charge) implements Failure {
    public Policy(String message) {
      this(message, Charge.none());
    }
  }

  /** The request can never succeed as it is: ends the step. */
  record Input(String message, Charge charge) implements Failure {
    public Input(String message) {
      this(message, Charge.none());
    }
  }

  /** The account's credentials are refused: ends the step. */
  record Auth(String message) implements Failure {
    @Override
    public Charge charge() {
      return Charge.none();
    }
  }

  /** The account cannot pay: ends the step. */
  record Billing(String message) implements Failure {
    @Override
    public Charge charge() {
      return Charge.none();
    }
  }

  /** Nobody can tell whether the call was taken: the step is held for a decision. */
  record Ambiguous(String message, Charge charge) implements Failure {
    public Ambiguous(String message) {
      this(message, Charge.unknown());
    }
  }

  /**
   * The batch was cancelled and the provider has stopped its task.
   *
   * @param stopped what that means for the bill
   */
  record Stopped(String message, StopOutcome stopped, Charge charge) implements Failure {}
}
