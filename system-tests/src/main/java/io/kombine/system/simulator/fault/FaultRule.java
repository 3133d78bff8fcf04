package io.kombine.system.simulator.fault;

import io.kombine.system.simulator.call.ApiCall;
import io.kombine.system.simulator.call.Vendor;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Which calls meet a fault. What is absent matches every call; a call must match all that is
 * present.
 *
 * @param operation the vendor's operation, such as {@code images.edit}; absent means queries and
 *     downloads too
 * @param prompt a regular expression that is found in the prompt
 * @param step a regular expression that is found in the step's name
 * @param nth only the nth matching call, from 1
 * @param times at most so many calls meet it
 * @param probability of each matching call, 0 to 1
 * @param seed of the chance; 0 when absent, so that a run can be repeated
 * @param forMs how long the rule lives, from when it is put
 * @param millis for kinds that take time; 0 to 600 000
 * @param status for {@link FaultKind#SERVER_ERROR}, 500 to 599
 * @param retryAfterMs for {@link FaultKind#RATE_LIMIT}; absent means no hint
 * @param reason the vendor's word for what went wrong
 */
public record FaultRule(
    @Nullable Vendor vendor,
    @Nullable String operation,
    @Nullable String keyId,
    @Nullable String prompt,
    @Nullable String step,
    @Nullable Integer nth,
    @Nullable Integer times,
    @Nullable Double probability,
    @Nullable Long seed,
    @Nullable Long forMs,
    FaultKind fault,
    @Nullable Long millis,
    @Nullable Integer status,
    @Nullable Long retryAfterMs,
    @Nullable String reason) {

  private static final long MAX_MILLIS = 600_000;

  /** Checks the bounds. */
  @SuppressWarnings("ConstantValue") // why: JSON leaves a missing fault null
  public FaultRule {
    if (fault == null) {
      throw new IllegalArgumentException("fault is missing");
    }
    between("nth", nth, 1, Integer.MAX_VALUE);
    between("times", times, 1, Integer.MAX_VALUE);
    between("for_ms", forMs, 1, Long.MAX_VALUE);
    between("millis", millis, 0, MAX_MILLIS);
    between("retry_after_ms", retryAfterMs, 0, MAX_MILLIS);
    between("status", status, 500, 599);
    if (probability != null && !(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability is from 0 to 1, not " + probability);
    }
    pattern("prompt", prompt);
    pattern("step", step);
  }

  /** A fault that every call of the vendor meets; narrow it with the other methods. */
  public static FaultRule of(@Nullable Vendor vendor, FaultKind fault) {
    return new FaultRule(
        vendor, null, null, null, null, null, null, null, null, null, fault, null, null, null,
        null);
  }

  /** Only the nth matching call. */
  public FaultRule nth(int call) {
    return new FaultRule(
        vendor,
        operation,
        keyId,
        prompt,
        step,
        call,
        times,
        probability,
        seed,
        forMs,
        fault,
        millis,
        status,
        retryAfterMs,
        reason);
  }

  /** At most so many calls. */
  public FaultRule times(int calls) {
    return new FaultRule(
        vendor,
        operation,
        keyId,
        prompt,
        step,
        nth,
        calls,
        probability,
        seed,
        forMs,
        fault,
        millis,
        status,
        retryAfterMs,
        reason);
  }

  /** Only calls of this operation. */
  public FaultRule on(String name) {
    return new FaultRule(
        vendor,
        name,
        keyId,
        prompt,
        step,
        nth,
        times,
        probability,
        seed,
        forMs,
        fault,
        millis,
        status,
        retryAfterMs,
        reason);
  }

  /** Only calls whose prompt has a match. */
  public FaultRule prompt(String regex) {
    return new FaultRule(
        vendor,
        operation,
        keyId,
        regex,
        step,
        nth,
        times,
        probability,
        seed,
        forMs,
        fault,
        millis,
        status,
        retryAfterMs,
        reason);
  }

  /** Each matching call with this chance. */
  public FaultRule chance(double chance, long chanceSeed) {
    return new FaultRule(
        vendor,
        operation,
        keyId,
        prompt,
        step,
        nth,
        times,
        chance,
        chanceSeed,
        forMs,
        fault,
        millis,
        status,
        retryAfterMs,
        reason);
  }

  /** For so long only. */
  public FaultRule forMillis(long life) {
    return new FaultRule(
        vendor,
        operation,
        keyId,
        prompt,
        step,
        nth,
        times,
        probability,
        seed,
        life,
        fault,
        millis,
        status,
        retryAfterMs,
        reason);
  }

  /** With a time. */
  public FaultRule millis(long time) {
    return new FaultRule(
        vendor,
        operation,
        keyId,
        prompt,
        step,
        nth,
        times,
        probability,
        seed,
        forMs,
        fault,
        time,
        status,
        retryAfterMs,
        reason);
  }

  /** With an HTTP status. */
  public FaultRule status(int code) {
    return new FaultRule(
        vendor,
        operation,
        keyId,
        prompt,
        step,
        nth,
        times,
        probability,
        seed,
        forMs,
        fault,
        millis,
        code,
        retryAfterMs,
        reason);
  }

  /** With a hint when to come back. */
  public FaultRule retryAfter(long time) {
    return new FaultRule(
        vendor,
        operation,
        keyId,
        prompt,
        step,
        nth,
        times,
        probability,
        seed,
        forMs,
        fault,
        millis,
        status,
        time,
        reason);
  }

  /** With the vendor's word. */
  public FaultRule reason(String word) {
    return new FaultRule(
        vendor,
        operation,
        keyId,
        prompt,
        step,
        nth,
        times,
        probability,
        seed,
        forMs,
        fault,
        millis,
        status,
        retryAfterMs,
        word);
  }

  boolean matches(ApiCall call) {
    return (vendor == null || vendor == call.vendor())
        && (operation == null || operation.equals(call.operation()))
        && (keyId == null || keyId.equals(call.keyId()))
        && found(prompt, call.prompt())
        && found(step, call.step());
  }

  private static boolean found(@Nullable String regex, @Nullable String text) {
    return regex == null || (text != null && Pattern.compile(regex).matcher(text).find());
  }

  private static void between(String name, @Nullable Number value, long low, long high) {
    if (value != null && (value.longValue() < low || value.longValue() > high)) {
      throw new IllegalArgumentException(
          name + " is from " + low + " to " + high + ", not " + value);
    }
  }

  private static void pattern(String name, @Nullable String regex) {
    if (regex != null) {
      try {
        Pattern.compile(regex);
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(name + " is no regular expression: " + regex, e);
      }
    }
  }
}
