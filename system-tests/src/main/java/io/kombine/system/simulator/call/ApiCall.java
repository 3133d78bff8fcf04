package io.kombine.system.simulator.call;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one call that limits, faults and invoice go by.
 *
 * @param operation in the vendor's words, such as {@code images.edit}
 * @param keyId names the key without telling it, see {@link KeyId}
 * @param model as the caller wrote it; empty where the operation has none
 * @param prompt as the caller wrote it; empty where the operation has none
 * @param step what caused the call, by its own account; null when it does not say
 * @param fingerprint of what was asked for; equal for a repeated call
 */
public record ApiCall(
    Vendor vendor,
    String operation,
    String keyId,
    String model,
    String prompt,
    @Nullable String step,
    String fingerprint) {

  /** Longest step name that is kept; the rest is cut off. */
  public static final int MAX_STEP_LENGTH = 200;

  /** Cuts a step's name that is too long. */
  public ApiCall {
    if (step != null && step.length() > MAX_STEP_LENGTH) {
      step = step.substring(0, MAX_STEP_LENGTH);
    }
  }

  /** A call that neither has a prompt nor is worth telling from another. */
  public static ApiCall plain(
      Vendor vendor, String operation, String keyId, @Nullable String step) {
    return new ApiCall(vendor, operation, keyId, "", "", step, "");
  }

  /** The first of these names that says anything: the order in which a step is looked for. */
  public static @Nullable String firstStep(List<@Nullable String> names) {
    for (String name : names) {
      if (name != null && !name.isBlank()) {
        return name;
      }
    }
    return null;
  }
}
