package io.kombine.system.simulator.kling;

import io.kombine.system.simulator.http.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Checks Kling's signed tokens: HS256 with the secret key, issued by the access key. */
final class KlingToken {

  /** What came of it. */
  sealed interface Verdict {

    /** The token is that access key's. */
    record Valid(String accessKey) implements Verdict {}

    /**
     * It is not good.
     *
     * @param code Kling's
     */
    record Invalid(int code, String message) implements Verdict {}
  }

  private KlingToken() {}

  static Verdict check(String token, Map<String, String> secrets, Instant now) {
    String[] parts = token.split("\\.", -1);
    try {
      Base64.Decoder base64 = Base64.getUrlDecoder();
      JsonNode header = Json.MAPPER.readTree(base64.decode(parts[0]));
      JsonNode claims = Json.MAPPER.readTree(base64.decode(parts[1]));
      String accessKey = Json.text(claims, "iss");
      String secret = secrets.get(accessKey);
      if (secret == null || !Json.text(header, "alg").equals("HS256")) {
        return new Verdict.Invalid(1002, "Authorization is invalid");
      }
      byte[] expected = sign(parts[0] + "." + parts[1], secret);
      if (!MessageDigest.isEqual(expected, base64.decode(parts[2]))) {
        return new Verdict.Invalid(1002, "Authorization is invalid");
      }
      if (claims.path("nbf").asLong(0) > now.getEpochSecond()) {
        return new Verdict.Invalid(1003, "Authorization is not yet valid");
      }
      if (claims.path("exp").asLong(0) <= now.getEpochSecond()) {
        return new Verdict.Invalid(1004, "Authorization has expired");
      }
      return new Verdict.Valid(accessKey);
    } catch (IllegalArgumentException | JacksonException e) {
      return new Verdict.Invalid(1002, "Authorization is invalid");
    }
  }

  private static byte[] sign(String text, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HmacSHA256", e);
    }
  }
}
