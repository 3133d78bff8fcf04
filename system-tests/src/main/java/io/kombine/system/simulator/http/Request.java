package io.kombine.system.simulator.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A request, read to its end.
 *
 * @param path decoded, without the query
 * @param query decoded parameters; of equal names the first
 * @param headers by lower-case name; of equal names the first
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Request(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body) {

  /** The header's value, or null. */
  public @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  /** The header's value, or a stand-in. */
  public String header(String name, String otherwise) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), otherwise);
  }

  /** Scheme, host and port by which the caller reached this server. */
  public String origin() {
    return "http://" + header("host", "127.0.0.1");
  }

  /** What follows {@code scheme} in the Authorization header, or an empty string. */
  public String credential(String scheme) {
    String value = header("authorization", "");
    String prefix = scheme + " ";
    return value.regionMatches(true, 0, prefix, 0, prefix.length())
        ? value.substring(prefix.length()).trim()
        : "";
  }

  /**
   * The body as JSON.
   *
   * @throws BadRequestException when it is none
   */
  public JsonNode json() {
    try {
      return Json.MAPPER.readTree(body);
    } catch (JacksonException e) {
      throw new BadRequestException("The body is not JSON: " + e.getOriginalMessage());
    }
  }

  /** Reads a raw query or form. */
  public static Map<String, String> parameters(@Nullable String raw) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (raw == null || raw.isEmpty()) {
      return parameters;
    }
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      parameters.putIfAbsent(decode(name), decode(value));
    }
    return parameters;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("The query is not well-formed.");
    }
  }
}
