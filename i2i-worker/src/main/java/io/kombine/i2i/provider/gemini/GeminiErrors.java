package io.kombine.i2i.provider.gemini;

import com.google.genai.errors.GenAiIOException;
import io.kombine.contracts.ContractJson;
import io.kombine.worker.provider.Charge;
import io.kombine.worker.provider.ProviderOutcome;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a call that has no answer, or an answer other than success, comes to. */
final class GeminiErrors {

  /** Where Gemini gives no hint when to come back. */
  static final Duration USUAL_PAUSE = Duration.ofSeconds(2);

  /** Daily quotas begin anew at midnight there. */
  private static final ZoneId QUOTA_ZONE = ZoneId.of("America/Los_Angeles");

  private static final int LONGEST_MESSAGE = 300;

  private final Clock clock;

  GeminiErrors(Clock clock) {
    this.clock = clock;
  }

  ProviderOutcome outcome(RuntimeException error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof WholeAnswers.RefusedException refused) {
        return refused(refused);
      }
      if (cause instanceof WholeAnswers.LostException) {
        return lost();
      }
      if (neverSent(cause)) {
        return new ProviderOutcome.Retry("Gemini could not be reached; nothing was sent.");
      }
    }
    return error instanceof GenAiIOException && error.getCause() instanceof IOException
        ? new ProviderOutcome.Ambiguous(
            "The connection to Gemini broke or timed out after the call was sent, before its"
                + " answer.")
        : lost();
  }

  private static ProviderOutcome lost() {
    return new ProviderOutcome.Retry(
        "Gemini has done the work, but its answer cannot be read.", Charge.asPriced());
  }

  private ProviderOutcome refused(WholeAnswers.RefusedException refusal) {
    JsonNode error = json(refusal.body()).path("error");
    String said = said(error.path("message").asString(""));
    int status = refusal.status();
    if (status == 429 && said.matches(".*limit: 0\\b.*")) {
      return new ProviderOutcome.Billing("Gemini grants this account nothing: " + said);
    }
    if (status == 400 && hasReason(error, "API_KEY_INVALID")) {
      return new ProviderOutcome.Auth("Gemini refuses the account's key (400).");
    }
    return switch (status) {
      case 401, 403 ->
          new ProviderOutcome.Auth(
              "Gemini refuses the account's key or its rights (%d).".formatted(status));
      case 429 -> new ProviderOutcome.Wait("Gemini is at its limit: " + said, pause(error));
      case 408, 409 -> new ProviderOutcome.Retry("Gemini failed: " + said);
      default ->
          status >= 500
              ? new ProviderOutcome.Retry("Gemini failed (" + status + "): " + said)
              : new ProviderOutcome.Input("Gemini refuses the request: " + said);
    };
  }

  private static JsonNode json(String body) {
    try {
      return ContractJson.mapper().readTree(body);
    } catch (JacksonException notGooglesOwn) {
      return ContractJson.mapper().nullNode();
    }
  }

  private static String said(String message) {
    String line = message.isBlank() ? "no reason given" : message.strip().replace('\n', ' ');
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
  }

  private static boolean hasReason(JsonNode error, String reason) {
    return error
        .path("details")
        .valueStream()
        .anyMatch(detail -> detail.path("reason").asString("").equals(reason));
  }

  /** The wait is in the body; a daily quota's is until its reset, whatever else is said. */
  private Duration pause(JsonNode error) {
    boolean daily =
        error
            .path("details")
            .valueStream()
            .flatMap(detail -> detail.path("violations").valueStream())
            .anyMatch(violation -> violation.path("quotaId").asString("").contains("PerDay"));
    if (daily) {
      LocalDate tomorrow = clock.instant().atZone(QUOTA_ZONE).toLocalDate().plusDays(1);
      return Duration.between(clock.instant(), tomorrow.atStartOfDay(QUOTA_ZONE).toInstant());
    }
    return error
        .path("details")
        .valueStream()
        .map(detail -> seconds(detail.path("retryDelay").asString("")))
        .filter(found -> found != null)
        .findFirst()
        .orElse(USUAL_PAUSE);
  }

  /** Reads {@code 37s} and {@code 1.5s}. */
  private static @Nullable Duration seconds(String text) {
    return text.matches("\\d{1,9}(\\.\\d{1,9})?s")
        ? Duration.ofNanos(
            new BigDecimal(text.substring(0, text.length() - 1)).movePointRight(9).longValue())
        : null;
  }

  /** Whether the request cannot have left this machine. */
  private static boolean neverSent(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof UnknownHostException
        || cause instanceof NoRouteToHostException
        || cause instanceof SSLHandshakeException
        || (cause instanceof SocketTimeoutException
            && String.valueOf(cause.getMessage())
                .toLowerCase(Locale.ROOT)
                .startsWith("connect timed out"));
  }
}
