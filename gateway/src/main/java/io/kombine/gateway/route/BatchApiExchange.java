package io.kombine.gateway.route;

import io.kombine.gateway.problem.GatewayProblem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayServerResponse;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Carries one request to batch-api and its answer back, on the request's own thread, through one
 * buffer of 16 KiB each way, whatever their sizes. An answer that the client stops taking is
 * dropped, not read to its end.
 */
@Component
final class BatchApiExchange implements ProxyExchange {

  private static final Logger log = LoggerFactory.getLogger(BatchApiExchange.class);
  private static final int BUFFER_BYTES = 16 * 1024;

  /** Those that the client library sets itself, or that end at this hop. */
  private static final Set<String> OWN_HEADERS =
      Set.of("content-length", "transfer-encoding", "host", "connection", "expect", "upgrade");

  private final CloseableHttpClient client;
  private final long maxBodyBytes;

  BatchApiExchange(CloseableHttpClient client, RouteProperties properties) {
    this.client = client;
    this.maxBodyBytes = properties.maxBody().toBytes();
  }

  @Override
  public ServerResponse exchange(Request request) {
    HttpServletRequest incoming = request.getServerRequest().servletRequest();
    if (incoming.getContentLengthLong() > maxBodyBytes) {
      return GatewayProblem.BODY_TOO_LARGE.response(tooLarge());
    }
    HttpUriRequestBase outgoing =
        new HttpUriRequestBase(
            request.getMethod().name(), Objects.requireNonNull(request.getUri(), "uri"));
    request
        .getHeaders()
        .forEach((name, values) -> {
          if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> outgoing.addHeader(name, value));
          }
        });
    try {
      if (incoming.getContentLengthLong() > 0 || incoming.getHeader("Transfer-Encoding") != null) {
        outgoing.setEntity(
            new InputStreamEntity(
                new ClientBody(incoming.getInputStream(), maxBodyBytes),
                incoming.getContentLengthLong(),
                null));
      }
      return answer(request, outgoing, client.executeOpen(null, outgoing, null));
    } catch (IOException e) {
      return failed(e);
    }
  }

  private static ServerResponse answer(
      Request request, HttpUriRequestBase outgoing, ClassicHttpResponse response) {
    ServerResponse answer =
        GatewayServerResponse.status(response.getCode())
            .build((req, servletResponse) -> {
              copy(req, servletResponse, outgoing, response);
              return null;
            });
    HttpHeaders headers = new HttpHeaders();
    for (var header : response.getHeaders()) {
      headers.add(header.getName(), header.getValue());
    }
    Response received = new Received(HttpStatusCode.valueOf(response.getCode()), headers);
    request.getResponseConsumers().forEach(consumer -> consumer.accept(received, answer));
    return answer;
  }

  private static void copy(
      HttpServletRequest request,
      HttpServletResponse response,
      HttpUriRequestBase outgoing,
      ClassicHttpResponse received)
      throws IOException {
    try (received) {
      boolean whole = false;
      try {
        HttpEntity entity = received.getEntity();
        if (entity != null) {
          transfer(request, response, entity.getContent());
        }
        whole = true;
      } finally {
        if (!whole) {
          // why before the close: closing a live connection reads the answer to its end
          outgoing.cancel();
        }
      }
    }
  }

  private static void transfer(
      HttpServletRequest request, HttpServletResponse response, InputStream in) throws IOException {
    OutputStream out = response.getOutputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    while (true) {
      int n;
      try {
        n = in.read(buffer);
      } catch (IOException e) {
        if (response.isCommitted()) {
          throw e;
        }
        log.warn("batch-api broke its answer to {} off: {}", request.getRequestURI(), e.toString());
        response.reset();
        GatewayProblem.CONNECTION_LOST.write(request, response, "The answer broke off.");
        in.close();
        return;
      }
      if (n < 0) {
        return;
      }
      out.write(buffer, 0, n);
    }
  }

  private ServerResponse failed(IOException e) {
    return switch (e) {
      case ClientBody.TooLarge tooLarge -> GatewayProblem.BODY_TOO_LARGE.response(tooLarge());
      case ClientBody.Broken broken ->
          broken.getCause() instanceof SocketTimeoutException
              ? GatewayProblem.CLIENT_TOO_SLOW.response("The body stopped arriving.")
              : GatewayProblem.BAD_REQUEST.response("The body broke off.");
      case ConnectionRequestTimeoutException busy -> unavailable(e, "All connections are in use.");
      case ConnectTimeoutException connect -> unavailable(e, "It does not accept connections.");
      case HttpHostConnectException refused -> unavailable(e, "It does not accept connections.");
      case java.net.UnknownHostException unknown -> unavailable(e, "Its host is not known.");
      case SocketTimeoutException silent -> {
        log.warn("batch-api did not answer in time: {}", e.toString());
        yield GatewayProblem.SERVICE_TIMEOUT.response("It may still do what was asked.");
      }
      default -> {
        log.warn("The connection to batch-api was lost: {}", e.toString());
        yield GatewayProblem.CONNECTION_LOST.response("It may have done what was asked.");
      }
    };
  }

  private static ServerResponse unavailable(IOException e, String detail) {
    log.warn("batch-api cannot be reached: {}", e.toString());
    return GatewayProblem.SERVICE_UNAVAILABLE.response(detail);
  }

  private String tooLarge() {
    return "A body may have at most " + maxBodyBytes + " bytes.";
  }

  private record Received(HttpStatusCode statusCode, HttpHeaders headers) implements Response {

    @Override
    public HttpStatusCode getStatusCode() {
      return statusCode;
    }

    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }
  }
}
