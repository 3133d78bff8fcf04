package io.kombine.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.kombine.contracts.BatchEvent;
import io.kombine.contracts.BatchSnapshot;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.StatusEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** batch-api as far as the gateway knows it: snapshots after a lag that the test sets. */
public final class StubBatchApi implements AutoCloseable {

  public static final String OWNER_KEY = "owner-key";

  private final HttpServer server;
  private final Map<UUID, Kept> batches = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger behind = new AtomicInteger();

  public StubBatchApi() throws IOException {
    this(0);
  }

  public StubBatchApi(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/internal/batches/", this::snapshot);
    server.start();
  }

  public String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public void serve(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  /** Knows a batch from now on. */
  public Kept keep(TestBatch batch, BatchEvent planned, int partition) {
    Kept kept = new Kept(batch, planned, partition);
    batches.put(batch.id(), kept);
    return kept;
  }

  /** Snapshots asked for so far. */
  public int asked() {
    return asked.get();
  }

  /** How many of them it was not far enough for. */
  public int behind() {
    return behind.get();
  }

  private void snapshot(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    String path = exchange.getRequestURI().getPath();
    Kept kept = batches.get(UUID.fromString(path.split("/")[3]));
    String key = exchange.getRequestHeaders().getFirst("X-Api-Key");
    long minOffset = Long.parseLong(exchange.getRequestURI().getQuery().split("=")[1]);
    if (kept == null || !OWNER_KEY.equals(key)) {
      answer(exchange, 404, "{}".getBytes());
      return;
    }
    BatchSnapshot snapshot = kept.snapshot();
    if (snapshot.nextOffset() < minOffset) {
      behind.incrementAndGet();
      answer(exchange, 503, "{}".getBytes());
      return;
    }
    answer(exchange, 200, ContractJson.mapper().writeValueAsBytes(snapshot));
  }

  public static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** What it knows of one batch: the events written, and how far it has applied them. */
  public static final class Kept {

    private final TestBatch batch;
    private final BatchEvent planned;
    private final int partition;
    private final List<Map.Entry<Long, StatusEvent>> written = new ArrayList<>();
    private long appliedTo;
    private boolean held;

    Kept(TestBatch batch, BatchEvent planned, int partition) {
      this.batch = batch;
      this.planned = planned;
      this.partition = partition;
    }

    /** From now on it applies nothing more. */
    public synchronized void hold() {
      held = true;
    }

    public synchronized void release(long end) {
      held = false;
      appliedTo = Math.max(appliedTo, end);
    }

    synchronized void written(long offset, StatusEvent event) {
      written.add(Map.entry(offset, event));
      if (!held) {
        appliedTo = offset + 1;
      }
    }

    public synchronized void appliedAtLeast(long offset) {
      if (!held) {
        appliedTo = Math.max(appliedTo, offset);
      }
    }

    public synchronized BatchSnapshot snapshot() {
      return batch.after(
          planned,
          written.stream().filter(e -> e.getKey() < appliedTo).map(Map.Entry::getValue).toList(),
          partition,
          appliedTo);
    }
  }
}
