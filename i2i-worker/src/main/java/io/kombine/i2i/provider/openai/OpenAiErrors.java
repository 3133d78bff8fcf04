package io.kombine.i2i.provider.openai;

import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIServiceException;
import io.kombine.worker.provider.ProviderOutcome;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** What a call that has no answer, or an answer other than success, comes to. */
final class OpenAiErrors {

  /** Where OpenAI gives no hint when to come back. */
  static final Duration USUAL_PAUSE = Duration.ofSeconds(2);

  private static final int LONGEST_MESSAGE = 300;

  private static final Set<String> REFUSED_FOR_CONTENT =
      Set.of("moderation_blocked", "content_policy_violation");

  private static final Set<String> OUT_OF_MONEY =
      Set.of(
          "insufficient_quota",
          "credit_balance_exhausted",
          "organization_spend_limit_exceeded",
          "project_spend_limit_exceeded",
          "organization_usage_limit_exceeded",
          "billing_hard_limit_reached");

  private final Clock clock;

  OpenAiErrors(Clock clock) {
    this.clock = clock;
  }

  ProviderOutcome outcome(OpenAIException error) {
    if (error instanceof OpenAIServiceException answered) {
      return answered(answered);
    }
    if (neverSent(error)) {
      return new ProviderOutcome.Retry("OpenAI could not be reached; nothing was sent.");
    }
    return new ProviderOutcome.Ambiguous(
        "The connection to OpenAI broke or timed out after the call was sent, before its answer.");
  }

  private ProviderOutcome answered(OpenAIServiceException error) {
    String code = error.code().orElse("");
    if (OUT_OF_MONEY.contains(code) || OUT_OF_MONEY.contains(error.type().orElse(""))) {
      return new ProviderOutcome.Billing("OpenAI bills no more to this account: " + said(error));
    }
    int status = error.statusCode();
    return switch (status) {
      // why without OpenAI's words: they quote parts of the key
      case 401, 403 ->
          new ProviderOutcome.Auth(
              "OpenAI refuses the account's key or its rights (%d).".formatted(status));
      case 429 -> new ProviderOutcome.Wait("OpenAI is at its limit: " + said(error), pause(error));
      case 408, 409 -> new ProviderOutcome.Retry("OpenAI failed: " + said(error));
      default ->
          REFUSED_FOR_CONTENT.contains(code)
              ? new ProviderOutcome.Policy("OpenAI refuses the content: " + said(error))
              : status >= 500
                  ? new ProviderOutcome.Retry("OpenAI failed: " + said(error))
                  : new ProviderOutcome.Input("OpenAI refuses the request: " + said(error));
    };
  }

  private static String said(OpenAIServiceException error) {
    String message = String.valueOf(error.getMessage()).strip();
    return message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE) + "…";
  }

  /** Whether the request cannot have left this machine. */
  private static boolean neverSent(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof UnknownHostException
          || cause instanceof NoRouteToHostException
          || cause instanceof SSLHandshakeException
          || (cause instanceof SocketTimeoutException
              && String.valueOf(cause.getMessage())
                  .toLowerCase(Locale.ROOT)
                  .startsWith("connect timed out"))) {
        return true;
      }
    }
    return false;
  }

  private Duration pause(OpenAIServiceException error) {
    Duration pause = millis(header(error, "retry-after-ms"), 1);
    if (pause == null) {
      String after = header(error, "retry-after");
      pause = millis(after, 1000);
      if (pause == null) {
        pause = until(after);
      }
    }
    return pause == null ? USUAL_PAUSE : pause.isNegative() ? Duration.ZERO : pause;
  }

  private static @Nullable String header(OpenAIServiceException error, String name) {
    List<String> values = error.headers().values(name);
    return values.isEmpty() ? null : values.getFirst().strip();
  }

  private static @Nullable Duration millis(@Nullable String number, long unit) {
    if (number == null || !number.matches("\\d{1,9}(\\.\\d{1,9})?")) {
      return null;
    }
    return Duration.ofMillis((long) Math.ceil(Double.parseDouble(number) * unit));
  }

  private @Nullable Duration until(@Nullable String date) {
    if (date == null) {
      return null;
    }
    try {
      return Duration.between(
          clock.instant(),
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException noDate) {
      return null;
    }
  }
}
