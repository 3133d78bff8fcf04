package io.kombine.system.simulator.gemini;

import io.kombine.system.simulator.desk.Dialect;
import io.kombine.system.simulator.http.Answer;
import io.kombine.system.simulator.http.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Google's error bodies, where waits are in the body, and refusals, which come as 200. */
final class GeminiDialect implements Dialect {

  private static final String PER_MINUTE = "GenerateRequestsPerMinutePerProjectPerModel";
  private static final String TYPE = "type.googleapis.com/google.rpc.";
  private static final String FINISH = "finish:";
  private static final Map<Integer, String> STATUSES =
      Map.of(500, "INTERNAL", 503, "UNAVAILABLE", 504, "DEADLINE_EXCEEDED");

  @Override
  public Answer tooMany(@Nullable Duration retryAfter) {
    return exhausted("You exceeded your current quota.", PER_MINUTE, retryAfter);
  }

  @Override
  public Answer tooManyAtOnce() {
    return error(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted.", Json.array());
  }

  @Override
  public Answer quota(@Nullable String reason) {
    return exhausted(
        "You exceeded your current quota.", reason == null ? PER_MINUTE : reason, null);
  }

  @Override
  public Answer serverError(int status) {
    return error(
        status,
        STATUSES.getOrDefault(status, "INTERNAL"),
        "The service is currently unavailable.",
        Json.array());
  }

  @Override
  public Answer refused(@Nullable String reason) {
    ObjectNode body = Json.object();
    if (reason != null && reason.startsWith(FINISH)) {
      ObjectNode candidate = body.putArray("candidates").addObject();
      candidate.putObject("content").put("role", "model");
      candidate.put("finishReason", reason.substring(FINISH.length())).put("index", 0);
    } else {
      body.putObject("promptFeedback").put("blockReason", reason == null ? "SAFETY" : reason);
    }
    body.putObject("usageMetadata").put("promptTokenCount", 0).put("totalTokenCount", 0);
    return Answer.json(200, body);
  }

  @Override
  public Answer unpaid() {
    return exhausted(
        "Quota exceeded for metric: generate_content_requests, limit: 0", PER_MINUTE, null);
  }

  @Override
  public Answer unauthorized() {
    ArrayNode details = Json.array();
    details
        .addObject()
        .put("@type", TYPE + "ErrorInfo")
        .put("reason", "API_KEY_INVALID")
        .put("domain", "googleapis.com");
    return error(
        400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", details);
  }

  @Override
  public Answer invalid(String message) {
    return error(400, "INVALID_ARGUMENT", message, Json.array());
  }

  @Override
  public Answer notFound(String message) {
    return error(404, "NOT_FOUND", message, Json.array());
  }

  private static Answer exhausted(String message, String quotaId, @Nullable Duration retryAfter) {
    ArrayNode details = Json.array();
    details
        .addObject()
        .put("@type", TYPE + "QuotaFailure")
        .putArray("violations")
        .addObject()
        .put("quotaId", quotaId);
    if (retryAfter != null) {
      // why one more millisecond: the wait is cut to milliseconds, and must not be too short
      String seconds =
          BigDecimal.valueOf(retryAfter.toMillis() + 1, 3).stripTrailingZeros().toPlainString();
      details.addObject().put("@type", TYPE + "RetryInfo").put("retryDelay", seconds + "s");
    }
    return error(429, "RESOURCE_EXHAUSTED", message, details);
  }

  private static Answer error(int code, String status, String message, ArrayNode details) {
    ObjectNode body = Json.object();
    ObjectNode error = body.putObject("error");
    error.put("code", code).put("message", message).put("status", status);
    if (!details.isEmpty()) {
      error.set("details", details);
    }
    return Answer.json(code, body);
  }
}
