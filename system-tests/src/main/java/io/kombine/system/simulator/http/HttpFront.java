package io.kombine.system.simulator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/**
 * The listening socket: a virtual thread per request, bodies up to {@value #MAX_BODY_BYTES} bytes.
 * after decompression. A longer one is answered with 413.
 */
public final class HttpFront implements AutoCloseable {

  /** Longest request body that is read. */
  public static final int MAX_BODY_BYTES = 64 * 1024 * 1024;

  private static final int BACKLOG = 1024;
  private static final int SLOW_PIECES = 20;

  static {
    // why: without it a small answer on a kept connection waits 40 ms for the caller's ACK
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // why: a kept connection that is closed while its caller sends looks like a lost call
    System.setProperty("sun.net.httpserver.idleInterval", "600");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Function<Request, Answer> handler;
  private final AtomicLong undelivered = new AtomicLong();

  private HttpFront(HttpServer server, Function<Request, Answer> handler) {
    this.server = server;
    this.handler = handler;
  }

  /**
   * Listens.
   *
   * @param port 0 for any free one
   * @throws IOException when the port is taken
   */
  public static HttpFront listen(String host, int port, Function<Request, Answer> handler)
      throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(host, port), BACKLOG);
    HttpFront front = new HttpFront(server, handler);
    server.createContext("/", front::exchange);
    server.setExecutor(front.threads);
    server.start();
    return front;
  }

  /** The port that is listened on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** How many answers found their caller gone. */
  public long undelivered() {
    return undelivered.get();
  }

  private void exchange(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = body(exchange);
      Answer answer;
      if (body.length > MAX_BODY_BYTES) {
        answer = Answer.empty(413);
      } else {
        answer = handler.apply(request(exchange, body));
      }
      try {
        send(exchange, answer);
      } catch (IOException e) {
        undelivered.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    InputStream raw = exchange.getRequestBody();
    // why: Google's clients send what is not media compressed
    boolean gzip =
        "gzip".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    return (gzip ? new GZIPInputStream(raw) : raw).readNBytes(MAX_BODY_BYTES + 1);
  }

  private static Request request(HttpExchange exchange, byte[] body) {
    Map<String, String> headers = new HashMap<>();
    for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
      headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue().getFirst());
    }
    return new Request(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        Request.parameters(exchange.getRequestURI().getRawQuery()),
        headers,
        body);
  }

  private static void send(HttpExchange exchange, Answer answer)
      throws IOException, InterruptedException {
    if (answer.delivery() instanceof Delivery.Dropped) {
      return;
    }
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = answer.body();
    boolean bodiless = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : body.length);
    if (bodiless) {
      return;
    }
    OutputStream out = exchange.getResponseBody();
    switch (answer.delivery()) {
      case Delivery.Whole _ -> out.write(body);
      case Delivery.Slow slow -> trickle(out, body, slow.over());
      case Delivery.Truncated _ -> {
        out.write(body, 0, body.length / 2);
        out.flush();
        return;
      }
      case Delivery.Dropped _ -> throw new IllegalStateException("handled above");
    }
    out.close();
  }

  private static void trickle(OutputStream out, byte[] body, Duration over)
      throws IOException, InterruptedException {
    int sent = 0;
    for (int piece = 1; piece <= SLOW_PIECES; piece++) {
      Thread.sleep(over.dividedBy(SLOW_PIECES));
      int until = (int) ((long) body.length * piece / SLOW_PIECES);
      out.write(body, sent, until - sent);
      out.flush();
      sent = until;
    }
  }

  /** Stops listening and drops what is going on. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
