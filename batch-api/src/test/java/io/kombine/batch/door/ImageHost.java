package io.kombine.batch.door;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A web server on this machine that serves sources by path. */
final class ImageHost implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, String> redirects = new ConcurrentHashMap<>();
  private final Map<String, Integer> asked = new ConcurrentHashMap<>();
  private final AtomicInteger slowNow = new AtomicInteger();
  private final AtomicInteger slowAtOnce = new AtomicInteger();

  ImageHost() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          asked.merge(path, 1, Integer::sum);
          byte[] file = files.get(path);
          if (path.startsWith("/slow")) {
            answerSlowly();
          }
          if (redirects.containsKey(path)) {
            exchange.getResponseHeaders().add("Location", redirects.get(path));
            exchange.sendResponseHeaders(302, -1);
          } else if (file == null) {
            exchange.sendResponseHeaders(404, -1);
          } else {
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file);
          }
          exchange.close();
        });
    server.start();
  }

  /** Long enough for others to come meanwhile. */
  private void answerSlowly() {
    slowAtOnce.accumulateAndGet(slowNow.incrementAndGet(), Math::max);
    LockSupport.parkNanos(Duration.ofMillis(150).toNanos());
    slowNow.decrementAndGet();
  }

  /** The most requests at once for paths that begin with {@code /slow}. */
  int mostSlowAtOnce() {
    return slowAtOnce.get();
  }

  String serve(String path, byte[] file) {
    files.put(path, file);
    return url(path);
  }

  String redirect(String path, String to) {
    redirects.put(path, to);
    return url(path);
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  int timesAsked(String path) {
    return asked.getOrDefault(path, 0);
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
