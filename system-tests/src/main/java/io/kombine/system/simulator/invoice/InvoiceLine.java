package io.kombine.system.simulator.invoice;

import io.kombine.system.simulator.call.ApiCall;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One billable call.
 *
 * @param number from 1, in the order of acceptance; never used again
 * @param step what caused it, by the call's own account
 * @param stepId the UUID that {@code step} starts with; all of {@code step} where it starts with
 *     none
 * @param fingerprint equal for calls that ask for the same
 * @param taskId of a polled vendor's task
 * @param amount in USD; what was paid back counts as 0 in sums
 * @param refunded whether it was paid back, because its task failed
 */
public record InvoiceLine(
    long number,
    Instant time,
    String vendor,
    String operation,
    String keyId,
    String model,
    @Nullable String step,
    @Nullable String stepId,
    String fingerprint,
    @Nullable String taskId,
    BigDecimal amount,
    String currency,
    boolean refunded) {

  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");

  static InvoiceLine of(
      long number, Instant time, ApiCall call, @Nullable String taskId, BigDecimal amount) {
    return new InvoiceLine(
        number,
        time,
        call.vendor().word(),
        call.operation(),
        call.keyId(),
        call.model(),
        call.step(),
        stepId(call.step()),
        call.fingerprint(),
        taskId,
        amount,
        "USD",
        false);
  }

  InvoiceLine refund() {
    return new InvoiceLine(
        number,
        time,
        vendor,
        operation,
        keyId,
        model,
        step,
        stepId,
        fingerprint,
        taskId,
        amount,
        currency,
        true);
  }

  private static @Nullable String stepId(@Nullable String step) {
    if (step == null) {
      return null;
    }
    Matcher uuid = UUID.matcher(step);
    return uuid.lookingAt() ? uuid.group() : step;
  }

  /** What the call costs in the end. */
  public BigDecimal due() {
    return refunded ? BigDecimal.ZERO : amount;
  }
}
