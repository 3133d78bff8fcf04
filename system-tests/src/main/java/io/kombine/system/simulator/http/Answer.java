package io.kombine.system.simulator.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** An answer to a request. Immutable, but the body is not copied. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Answer(int status, Map<String, String> headers, byte[] body, Delivery delivery) {

  /** Keeps a copy of the headers. */
  public Answer {
    headers = Map.copyOf(headers);
  }

  /** An answer with a JSON body. */
  public static Answer json(int status, JsonNode body) {
    return bytes(
        status,
        "application/json; charset=UTF-8",
        body.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** An answer with any body. */
  public static Answer bytes(int status, String contentType, byte[] body) {
    return new Answer(status, Map.of("Content-Type", contentType), body, new Delivery.Whole());
  }

  /** An answer without a body. */
  public static Answer empty(int status) {
    return new Answer(status, Map.of(), new byte[0], new Delivery.Whole());
  }

  /** No answer: the connection is closed. */
  public static Answer dropped() {
    return empty(500).by(new Delivery.Dropped());
  }

  /** The same answer with one more header. */
  public Answer with(String name, String value) {
    Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    more.putAll(headers);
    more.put(name, value);
    return new Answer(status, more, body, delivery);
  }

  /** The same answer, delivered in another way. */
  public Answer by(Delivery other) {
    return new Answer(status, headers, body, other);
  }
}
