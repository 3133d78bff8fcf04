package io.kombine.system.simulator.kling;

import io.kombine.system.simulator.desk.Dialect;
import io.kombine.system.simulator.http.Answer;
import io.kombine.system.simulator.http.Json;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Kling's codes. It never hints when to come back. */
final class KlingDialect implements Dialect {

  @Override
  public Answer tooMany(@Nullable Duration retryAfter) {
    return error(429, 1302, "API requests too frequent, exceeding the rate limit");
  }

  @Override
  public Answer tooManyAtOnce() {
    return error(429, 1303, "parallel task over resource pack limit");
  }

  @Override
  public Answer serverError(int status) {
    return switch (status) {
      case 503 -> error(503, 5001, "Server temporarily unavailable");
      case 504 -> error(504, 5002, "Server internal timeout");
      default -> error(status, 5000, "Server internal error");
    };
  }

  @Override
  public Answer refused(@Nullable String reason) {
    return error(400, 1301, "Trigger the content security policy");
  }

  @Override
  public Answer unpaid() {
    return error(429, 1102, "Account balance not enough");
  }

  @Override
  public Answer unauthorized() {
    return error(401, 1002, "Authorization is invalid");
  }

  @Override
  public Answer invalid(String message) {
    return error(400, 1201, message);
  }

  @Override
  public Answer notFound(String message) {
    return error(404, 1203, message);
  }

  static Answer error(int status, int code, String message) {
    return Answer.json(status, envelope(code, message));
  }

  static Answer ok(JsonNode data) {
    ObjectNode body = envelope(0, "SUCCEED");
    body.set("data", data);
    return Answer.json(200, body);
  }

  private static ObjectNode envelope(int code, String message) {
    return Json.object()
        .put("code", code)
        .put("message", message)
        .put("request_id", UUID.randomUUID().toString());
  }
}
