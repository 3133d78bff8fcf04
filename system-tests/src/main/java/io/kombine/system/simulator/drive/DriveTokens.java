package io.kombine.system.simulator.drive;

import io.kombine.system.simulator.http.Answer;
import io.kombine.system.simulator.http.Json;
import io.kombine.system.simulator.http.Request;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Trades a service account's assertion for an access token of one hour. The assertion's claims are
 * checked, its signature is not, for the account's public key is not known here. Thread-safe.
 * Remembers at most {@value #MAX_TOKENS} tokens.
 */
final class DriveTokens {

  static final int MAX_TOKENS = 10_000;

  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final String PREFIX = "ya29.simulator-";
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final Clock clock;
  private final Map<String, Issued> issued = new LinkedHashMap<>();

  private record Issued(String account, Instant expires) {}

  DriveTokens(Clock clock) {
    this.clock = clock;
  }

  Answer issue(Request request) {
    Map<String, String> form =
        Request.parameters(new String(request.body(), StandardCharsets.UTF_8));
    String account = account(form.getOrDefault("assertion", ""));
    if (!form.getOrDefault("grant_type", "").equals(GRANT) || account.isEmpty()) {
      return Answer.json(
          400,
          Json.object().put("error", "invalid_grant").put("error_description", "Invalid JWT."));
    }
    String token = PREFIX + UUID.randomUUID();
    synchronized (this) {
      issued.put(token, new Issued(account, clock.instant().plus(LIFETIME)));
      if (issued.size() > MAX_TOKENS) {
        Iterator<String> oldest = issued.keySet().iterator();
        oldest.next();
        oldest.remove();
      }
    }
    return Answer.json(
        200,
        Json.object()
            .put("access_token", token)
            .put("expires_in", LIFETIME.toSeconds())
            .put("token_type", "Bearer"));
  }

  private String account(String assertion) {
    String[] parts = assertion.split("\\.", -1);
    try {
      JsonNode claims =
          Json.MAPPER.readTree(Base64.getUrlDecoder().decode(parts.length == 3 ? parts[1] : ""));
      long now = clock.instant().getEpochSecond();
      boolean current = claims.path("exp").asLong(0) > now && claims.path("iat").asLong(0) <= now;
      return current ? Json.text(claims, "iss") : "";
    } catch (IllegalArgumentException | JacksonException e) {
      return "";
    }
  }

  /** Whether the token was issued here. */
  static boolean isOurs(String token) {
    return token.startsWith(PREFIX);
  }

  /** The account that a token of ours stands for, while it is good. */
  synchronized Optional<String> account(Request request) {
    return Optional.ofNullable(issued.get(request.credential("Bearer")))
        .filter(token -> clock.instant().isBefore(token.expires))
        .map(Issued::account);
  }
}
