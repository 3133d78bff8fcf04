package io.kombine.gateway.problem;

import io.kombine.contracts.ContractJson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Every way in which the gateway itself refuses or fails a request. The {@code type} of each is
 * stable: {@code urn:kombine:problem:} and the constant's name in lower case with hyphens. Problems
 * of batch-api pass through as they are.
 */
public enum GatewayProblem {
  BAD_REQUEST(400, "The request is malformed"),
  ORIGIN_NOT_ALLOWED(403, "The page's origin is not allowed"),
  BATCH_NOT_FOUND(404, "There is no such batch"),
  PROJECT_NOT_FOUND(404, "There is no such project"),
  NOT_FOUND(404, "There is nothing here"),
  METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
  BODY_TOO_LARGE(413, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body's type is not taken here"),
  CLIENT_TOO_SLOW(408, "The body did not arrive in time"),
  UPGRADE_REQUIRED(426, "This path speaks another protocol"),
  INTERNAL_ERROR(500, "The gateway failed"),
  CONNECTION_LOST(502, "The connection to the service was lost"),
  SERVICE_UNAVAILABLE(503, "The service cannot be reached"),
  STATUS_UNAVAILABLE(503, "The batch's status cannot be had now"),
  TOO_MANY_STREAMS(503, "Too many event streams are open"),
  SERVICE_TIMEOUT(504, "The service did not answer in time");

  private static final String RETRY_AFTER_SECONDS = "2";

  private final int status;
  private final String title;

  GatewayProblem(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  /** The stable identifier of this kind of problem. */
  public String type() {
    return "urn:kombine:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** As the answer of a route. */
  public ServerResponse response(String detail) {
    return ServerResponse.status(status)
        .build((request, response) -> {
          write(request, response, detail);
          return null;
        });
  }

  /** As the answer of a route, with one more header. */
  public ServerResponse response(String detail, String header, String value) {
    return ServerResponse.status(status)
        .header(header, value)
        .build((request, response) -> {
          write(request, response, detail);
          return null;
        });
  }

  /** Straight to the client; does nothing when the answer has begun already. */
  public void write(HttpServletRequest request, HttpServletResponse response, String detail)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    response.resetBuffer();
    response.setStatus(status);
    response.setContentType("application/problem+json");
    response.setHeader("Cache-Control", "no-store");
    if (status == 503) {
      response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
    }
    byte[] body = ContractJson.mapper().writeValueAsBytes(body(request, detail));
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** The kind that an error status of the servlet container stands for. */
  static GatewayProblem ofStatus(int status) {
    return switch (status) {
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 408 -> CLIENT_TOO_SLOW;
      case 413 -> BODY_TOO_LARGE;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      default -> status >= 400 && status < 500 ? BAD_REQUEST : INTERNAL_ERROR;
    };
  }

  private Map<String, Object> body(HttpServletRequest request, String detail) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", type());
    body.put("title", title);
    body.put("status", status);
    body.put("detail", detail);
    // why cut: an echoed path must not make the answer as large as the request
    String path = request.getRequestURI();
    body.put(
        "instance",
        path.getBytes(StandardCharsets.UTF_8).length > 500 ? path.substring(0, 500) : path);
    return body;
  }
}
