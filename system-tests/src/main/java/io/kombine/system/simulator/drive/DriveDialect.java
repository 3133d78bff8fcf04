package io.kombine.system.simulator.drive;

import io.kombine.system.simulator.desk.Dialect;
import io.kombine.system.simulator.http.Answer;
import io.kombine.system.simulator.http.Json;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Drive's error bodies, in which the reason decides. */
final class DriveDialect implements Dialect {

  private static final Set<String> LIMIT_DOMAIN =
      Set.of("userRateLimitExceeded", "rateLimitExceeded", "dailyLimitExceeded");

  @Override
  public Answer tooMany(@Nullable Duration retryAfter) {
    return error(403, "userRateLimitExceeded", "User Rate Limit Exceeded");
  }

  @Override
  public Answer tooManyAtOnce() {
    return error(429, "rateLimitExceeded", "Rate Limit Exceeded");
  }

  @Override
  public Answer quota(@Nullable String reason) {
    return error(403, reason == null ? "storageQuotaExceeded" : reason, "A quota is used up.");
  }

  @Override
  public Answer serverError(int status) {
    return error(status, "backendError", "Backend Error");
  }

  @Override
  public Answer refused(@Nullable String reason) {
    return error(
        403,
        reason == null ? "insufficientFilePermissions" : reason,
        "The user does not have sufficient permissions for this file.");
  }

  @Override
  public Answer unpaid() {
    return quota("storageQuotaExceeded");
  }

  @Override
  public Answer unauthorized() {
    return error(401, "authError", "Invalid Credentials");
  }

  @Override
  public Answer invalid(String message) {
    return error(400, "invalid", message);
  }

  @Override
  public Answer notFound(String message) {
    return error(404, "notFound", message);
  }

  static Answer idInUse() {
    return error(409, "fileIdInUse", "A file already exists with the provided ID.");
  }

  private static Answer error(int status, String reason, String message) {
    ObjectNode body = Json.object();
    ObjectNode error = body.putObject("error");
    error.put("code", status).put("message", message);
    error
        .putArray("errors")
        .addObject()
        .put("domain", LIMIT_DOMAIN.contains(reason) ? "usageLimits" : "global")
        .put("reason", reason)
        .put("message", message);
    return Answer.json(status, body);
  }
}
