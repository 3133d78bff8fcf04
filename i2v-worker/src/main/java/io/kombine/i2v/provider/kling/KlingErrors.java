package io.kombine.i2v.provider.kling;

import io.kombine.worker.provider.ProviderOutcome;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Kling's codes and failures come to. */
final class KlingErrors {

  /** Kling never says when to come back. */
  static final Duration TOO_FREQUENT = Duration.ofSeconds(1);

  /** A slot becomes free when a video ends, which takes minutes. */
  static final Duration NO_SLOT = Duration.ofSeconds(10);

  private static final int NO_SUCH_RESOURCE = 1203;
  private static final int LONGEST_MESSAGE = 300;

  private static final Pattern CONTENT =
      Pattern.compile(
          "risk control|content.{0,20}polic|sensitive|prohibited|moderation",
          Pattern.CASE_INSENSITIVE);

  private KlingErrors() {}

  /** Of a creation that Kling did not take. */
  static ProviderOutcome refused(KlingExchange.Answered answer) {
    String said = said(answer.reply().message());
    return switch (answer.reply().code()) {
      case 1000, 1001, 1002, 1003, 1004, 1103, 1304 ->
          new ProviderOutcome.Auth("Kling refuses the account's key or its rights: " + said);
      case 1100, 1101, 1102 ->
          new ProviderOutcome.Billing("Kling bills no more to this account: " + said);
      case 1200, 1201, 1202, 1203 ->
          new ProviderOutcome.Input("Kling refuses the request: " + said);
      case 1300, 1301 -> new ProviderOutcome.Policy("Kling refuses the content: " + said);
      case 1302 -> new ProviderOutcome.Wait("Kling is asked too often: " + said, TOO_FREQUENT);
      case 1303 -> new ProviderOutcome.Wait("All of the account's slots are busy.", NO_SLOT);
      default -> byStatus(answer.status(), said);
    };
  }

  private static ProviderOutcome byStatus(int status, String said) {
    return switch (status) {
      case 401, 403 ->
          new ProviderOutcome.Auth("Kling refuses the account's key or its rights: " + said);
      case 429 -> new ProviderOutcome.Wait("Kling is asked too often: " + said, TOO_FREQUENT);
      case 400, 404, 413, 422 -> new ProviderOutcome.Input("Kling refuses the request: " + said);
      default -> new ProviderOutcome.Retry("Kling failed (" + status + "): " + said);
    };
  }

  /** Of a task that ended without a video; Kling pays it back. */
  static ProviderOutcome failed(KlingReply.Task task) {
    String said = said(task.statusMessage());
    return CONTENT.matcher(said).find()
        ? new ProviderOutcome.Policy("Kling refuses the content: " + said)
        : new ProviderOutcome.Retry("Kling could not make the video: " + said);
  }

  /** Whether Kling says for certain that it has no such task. */
  static boolean unknownTask(KlingExchange.Answered answer) {
    return answer.status() == 404 && answer.reply().code() == NO_SUCH_RESOURCE;
  }

  /** Whether a fresh token may mend it. */
  static boolean tokenOutOfTime(KlingExchange.Answered answer) {
    return answer.reply().code() == 1003 || answer.reply().code() == 1004;
  }

  /** Whether asking again later may mend it. */
  static boolean passing(KlingExchange.Answered answer) {
    return answer.status() >= 500
        || answer.reply().code() == 429
        || answer.reply().code() == 1302
        || answer.reply().code() == 1303
        || tokenOutOfTime(answer);
  }

  private static String said(@Nullable String message) {
    String text = message == null || message.isBlank() ? "no reason given" : message.strip();
    return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "…";
  }
}
