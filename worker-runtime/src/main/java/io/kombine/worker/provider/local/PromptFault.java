package io.kombine.worker.provider.local;

import io.kombine.contracts.RunStep;
import io.kombine.worker.provider.ProviderOutcome;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Calls that fail whenever they are made.
 *
 * @param pattern regular expression that is found in the prompt, such as {@code \[fail\]}
 * @param outcome how they fail
 * @param ordinal only the step of this number in its batch, from 0; absent means each
 */
public record PromptFault(
    @NotNull(message = "must be a regular expression") Pattern pattern,
    @NotNull(message = "must be retry, policy or input") Outcome outcome,
    @Nullable @Min(0) Integer ordinal) {

  /** How a call fails. */
  public enum Outcome {
    /** In a way that may pass: the step is tried again until its attempts are used up. */
    RETRY,
    /** For content rules: ends the step. */
    POLICY,
    /** For the request itself: ends the step. */
    INPUT
  }

  boolean fits(RunStep step) {
    return (ordinal == null || ordinal == step.ordinal()) && pattern.matcher(step.prompt()).find();
  }

  ProviderOutcome asOutcome() {
    String message = "The local provider is told to fail prompts with " + pattern + ".";
    return switch (outcome) {
      case RETRY -> new ProviderOutcome.Retry(message);
      case POLICY -> new ProviderOutcome.Policy(message);
      case INPUT -> new ProviderOutcome.Input(message);
    };
  }
}
