package io.kombine.system.simulator.fal;

import io.kombine.system.simulator.desk.Dialect;
import io.kombine.system.simulator.http.Answer;
import io.kombine.system.simulator.http.Json;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** fal's error bodies. Content is refused by the result, not at submission. */
final class FalDialect implements Dialect {

  @Override
  public Answer tooMany(@Nullable Duration retryAfter) {
    Answer answer = detail(429, "Rate limit exceeded").with("X-Fal-Retryable", "true");
    return retryAfter == null
        ? answer
        : answer.with("Retry-After", Long.toString((retryAfter.toMillis() + 1000) / 1000));
  }

  @Override
  public Answer tooManyAtOnce() {
    return detail(429, "Too many requests in the queue").with("X-Fal-Retryable", "true");
  }

  @Override
  public Answer serverError(int status) {
    return detail(status, "Internal server error");
  }

  @Override
  public Answer refused(@Nullable String reason) {
    return typed(422, "content_policy_violation", "The content could not be processed.");
  }

  @Override
  public boolean refusesLater() {
    return true;
  }

  @Override
  public Answer unpaid() {
    return detail(403, "User is locked. Reason: Exhausted balance.");
  }

  @Override
  public Answer unauthorized() {
    return detail(401, "Cannot access application. Authentication is required.");
  }

  @Override
  public Answer invalid(String message) {
    return typed(422, "value_error", message);
  }

  @Override
  public Answer notFound(String message) {
    return detail(404, message);
  }

  private static Answer detail(int status, String message) {
    return Answer.json(status, Json.object().put("detail", message));
  }

  private static Answer typed(int status, String type, String message) {
    ObjectNode body = Json.object();
    ObjectNode error = body.putArray("detail").addObject();
    error.putArray("loc").add("body").add("prompt");
    error.put("msg", message).put("type", type);
    return Answer.json(status, body)
        .with("X-Fal-Retryable", "false")
        .with("x-fal-error-type", type);
  }
}
