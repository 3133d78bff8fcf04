package io.kombine.system.simulator.openai;

import io.kombine.system.simulator.desk.Dialect;
import io.kombine.system.simulator.http.Answer;
import io.kombine.system.simulator.http.Json;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's error bodies and headers. */
final class OpenAiDialect implements Dialect {

  private static final String INVALID = "invalid_request_error";

  @Override
  public Answer tooMany(@Nullable Duration retryAfter) {
    Answer answer =
        error(429, "requests", "rate_limit_exceeded", "Rate limit reached for requests.")
            .with("x-ratelimit-remaining-requests", "0");
    if (retryAfter == null) {
      return answer;
    }
    long millis = Math.max(1, retryAfter.toMillis() + 1);
    return answer
        .with("retry-after-ms", Long.toString(millis))
        .with("retry-after", Long.toString((millis + 999) / 1000))
        .with("x-ratelimit-reset-requests", millis + "ms");
  }

  @Override
  public Answer tooManyAtOnce() {
    return error(429, "requests", "slow_down", "Too many requests at once. Slow down.");
  }

  @Override
  public Answer serverError(int status) {
    return status == 503
        ? error(503, "server_error", "server_is_overloaded", "The server is overloaded.")
        : error(status, "server_error", null, "The server had an error.");
  }

  @Override
  public Answer refused(@Nullable String reason) {
    return error(
        400,
        "image_generation_user_error",
        "moderation_blocked",
        "Your request was rejected by the safety system.");
  }

  @Override
  public Answer unpaid() {
    return error(
        429,
        "insufficient_quota",
        "credit_balance_exhausted",
        "You exceeded your current quota, please check your plan and billing details.");
  }

  @Override
  public Answer unauthorized() {
    return error(401, INVALID, "invalid_api_key", "Incorrect API key provided.");
  }

  @Override
  public Answer invalid(String message) {
    return error(400, INVALID, "invalid_value", message);
  }

  @Override
  public Answer notFound(String message) {
    return error(404, INVALID, "not_found", message);
  }

  static Answer withRequestId(Answer answer) {
    return answer.with("x-request-id", "req_" + UUID.randomUUID().toString().replace("-", ""));
  }

  private static Answer error(int status, String type, @Nullable String code, String message) {
    ObjectNode body = Json.object();
    ObjectNode error = body.putObject("error");
    error.put("message", message).put("type", type).putNull("param").put("code", code);
    return withRequestId(Answer.json(status, body));
  }
}
