package io.kombine.i2v.provider.fal;

import io.kombine.worker.provider.ProviderOutcome;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** What fal's refusals and failures come to; none of them is billed. */
final class FalErrors {

  /** Where fal gives no hint when to come back. */
  static final Duration USUAL_PAUSE = Duration.ofSeconds(2);

  private static final int LONGEST_MESSAGE = 300;

  private static final Pattern OUT_OF_MONEY =
      Pattern.compile("balance|billing|payment|credit", Pattern.CASE_INSENSITIVE);

  private FalErrors() {}

  /** Of a submission that fal did not take, or of a request that ended without a video. */
  static ProviderOutcome refused(FalExchange.Answered answer) {
    String said = said(answer.detail());
    int status = answer.status();
    if (status == 402 || (status == 403 && OUT_OF_MONEY.matcher(said).find())) {
      return new ProviderOutcome.Billing("fal bills no more to this account: " + said);
    }
    return switch (status) {
      case 401, 403 ->
          new ProviderOutcome.Auth(
              "fal refuses the account's key or its rights (%d).".formatted(status));
      case 429 ->
          new ProviderOutcome.Wait(
              "fal is at its limit: " + said,
              answer.retryAfter() == null ? USUAL_PAUSE : answer.retryAfter());
      default ->
          isContent(answer.errorType())
              ? new ProviderOutcome.Policy("fal refuses the content: " + said)
              : passes(answer)
                  ? new ProviderOutcome.Retry("fal failed (" + status + "): " + said)
                  : new ProviderOutcome.Input("fal refuses the request: " + said);
    };
  }

  private static boolean passes(FalExchange.Answered answer) {
    Boolean retryable = answer.retryable();
    return retryable != null
        ? retryable
        : answer.status() == 408 || answer.status() == 409 || answer.status() >= 500;
  }

  /** Of a request that failed, whose result cannot be asked for why. */
  static ProviderOutcome failed(String errorType) {
    return isContent(errorType)
        ? new ProviderOutcome.Policy("fal refuses the content (" + said(errorType) + ").")
        : new ProviderOutcome.Retry("fal could not make the video: " + said(errorType));
  }

  private static boolean isContent(String errorType) {
    String type = errorType.toLowerCase(Locale.ROOT);
    return type.contains("content_policy") || type.contains("safety");
  }

  private static String said(String message) {
    String text = message.isBlank() ? "no reason given" : message.strip();
    return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "…";
  }
}
