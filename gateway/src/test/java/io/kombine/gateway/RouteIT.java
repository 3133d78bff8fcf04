package io.kombine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.testing.KombineInfrastructure;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@KombineInfrastructure
class RouteIT {

  private static final int MIB = 1024 * 1024;
  private static final String ORIGIN = "https://console.example.com";

  private static StubBatchApi batchApi;
  private static StepEventsTopic topic;
  private static TestGateway gateway;

  private static final CountDownLatch DOWNLOAD_SEEN = new CountDownLatch(1);
  private static final CountDownLatch UPLOAD_SEEN = new CountDownLatch(1);
  private static final CountDownLatch DROPPED = new CountDownLatch(1);
  private static final AtomicLong UPLOADED = new AtomicLong();
  private static final AtomicReference<String> LAST_HEADERS = new AtomicReference<>("");

  @BeforeAll
  static void start() throws Exception {
    batchApi = new StubBatchApi();
    topic = new StepEventsTopic();
    batchApi.serve(
        "/api/echo",
        exchange -> {
          LAST_HEADERS.set(exchange.getRequestHeaders().entrySet().toString());
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("X-Query", "" + exchange.getRequestURI().getRawQuery());
          StubBatchApi.answer(exchange, 207, body);
        });
    batchApi.serve(
        "/api/large",
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/zip");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[MIB]);
            exchange.getResponseBody().flush();
            awaitLatch(DOWNLOAD_SEEN);
            exchange.getResponseBody().write(new byte[MIB]);
          }
        });
    batchApi.serve(
        "/api/endless",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            byte[] part = new byte[MIB];
            while (true) {
              exchange.getResponseBody().write(part);
            }
          } catch (java.io.IOException e) {
            DROPPED.countDown();
          }
        });
    batchApi.serve(
        "/api/uploads",
        exchange -> {
          byte[] buffer = new byte[8192];
          try (InputStream in = exchange.getRequestBody()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
              if (UPLOADED.addAndGet(n) >= MIB) {
                UPLOAD_SEEN.countDown();
              }
            }
          }
          StubBatchApi.answer(exchange, 201, "[]".getBytes(StandardCharsets.UTF_8));
        });
    batchApi.serve("/api/silent", exchange -> awaitLatch(new CountDownLatch(1)));
    gateway =
        new TestGateway(
            batchApi.url(),
            "kombine.batch-api.idle-timeout=1s",
            "kombine.batch-api.max-body=4MB",
            "kombine.gateway.streams.max-streams=1",
            "kombine.gateway.streams.heartbeat=200ms",
            "server.tomcat.connection-timeout=2s",
            "kombine.cors.allowed-origins=" + ORIGIN);
  }

  @AfterAll
  static void stop() {
    gateway.close();
    topic.close();
    batchApi.close();
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void isProblem(HttpResponse<String> response, int status, String type) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(it -> assertThat(it).startsWith("application/problem+json"));
    assertThat(TestGateway.json(response).get("type").asString())
        .isEqualTo("urn:kombine:problem:" + type);
    assertThat(TestGateway.json(response).get("status").asInt()).isEqualTo(status);
  }

  private static HttpResponse<String> post(String path, String type, byte[] body) {
    return TestGateway.send(
        HttpRequest.newBuilder(gateway.uri(path))
            .header("Content-Type", type)
            .header("X-Api-Key", "some-key")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build());
  }

  @Test
  void requestAndAnswerPassAsTheyAre() {
    HttpResponse<String> response =
        post(
            "/api/echo?a=1&b=x%20y",
            "application/json", "{\"ä\":1}".getBytes(StandardCharsets.UTF_8));
    assertThat(response.statusCode()).isEqualTo(207);
    assertThat(response.body()).isEqualTo("{\"ä\":1}");
    assertThat(response.headers().firstValue("X-Query")).hasValue("a=1&b=x%20y");
    assertThat(LAST_HEADERS.get()).contains("some-key").contains("application/json");
  }

  @Test
  void downloadReachesTheClientBeforeItsEndIsWritten() throws Exception {
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(gateway.uri("/api/large")).build(),
                HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      assertThat(in.readNBytes(MIB / 2)).hasSize(MIB / 2);
      DOWNLOAD_SEEN.countDown();
      assertThat(in.readAllBytes()).hasSize(2 * MIB - MIB / 2);
    }
  }

  @Test
  void uploadReachesBatchApiBeforeItsEndIsSent() throws Exception {
    try (Socket socket = new Socket("localhost", gateway.uri("/").getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      String head =
          "POST /api/uploads HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: "
              + 2 * MIB
              + "\r\n\r\n";
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(new byte[MIB + MIB / 2]);
      out.flush();
      assertThat(UPLOAD_SEEN.await(10, TimeUnit.SECONDS)).isTrue();
      out.write(new byte[MIB / 2]);
      out.flush();
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      assertThat(answer.readLine()).startsWith("HTTP/1.1 201");
      assertThat(UPLOADED).hasValue(2L * MIB);
    }
  }

  @Test
  void answerThatTheClientStopsTakingIsDroppedAtBatchApi() throws Exception {
    try (Socket socket = new Socket("localhost", gateway.uri("/").getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /api/endless HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readNBytes(MIB)).hasSize(MIB);
    }
    assertThat(DROPPED.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void bodyOverTheLimitIsA413WhetherItsLengthIsAnnouncedOrNot() throws Exception {
    isProblem(post("/api/echo", "application/json", new byte[5 * MIB]), 413, "body-too-large");
    HttpResponse<String> chunked =
        TestGateway.send(
            HttpRequest.newBuilder(gateway.uri("/api/echo"))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(new byte[5 * MIB])))
                .build());
    isProblem(chunked, 413, "body-too-large");
  }

  @Test
  void formsAreA415() {
    isProblem(
        post("/api/echo", "application/x-www-form-urlencoded", "a=1".getBytes()),
        415,
        "unsupported-media-type");
  }

  @Test
  void internalPathsAreNotReachableInAnyWriting() {
    isProblem(gateway.get("/internal/batches/x/snapshot?min_offset=0"), 404, "not-found");
    for (String path :
        new String[] {
          "/api/..%2finternal/batches/x",
          "/api/%2e%2e/internal/batches/x",
          "/api/../internal/batches/x",
          "/api/;/../internal/x",
          "/api//internal/x"
        }) {
      assertThat(rawStatusOf(path)).as(path).isEqualTo("HTTP/1.1 400");
    }
    assertThat(batchApi.asked()).isZero();
  }

  private static String rawStatusOf(String path) {
    try (Socket socket = new Socket("localhost", gateway.uri("/").getPort())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(
          socket.getInputStream().readNBytes("HTTP/1.1 400".length()), StandardCharsets.US_ASCII);
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void nothingAndWrongMethodsAreProblems() {
    isProblem(gateway.get("/nothing/here"), 404, "not-found");
    isProblem(gateway.get("/api/batches/not-a-uuid"), 404, "batch-not-found");
    isProblem(post("/", "application/json", new byte[2]), 405, "method-not-allowed");
    HttpResponse<String> events =
        post("/api/batches/" + new TestBatch(1).id() + "/events", "application/json", new byte[2]);
    isProblem(events, 405, "method-not-allowed");
    assertThat(events.headers().firstValue("Allow")).hasValue("GET");
  }

  @Test
  void silenceIsA504() {
    isProblem(gateway.get("/api/silent"), 504, "service-timeout");
  }

  @Test
  void batchApiDownIsA503WithRetryAfterUntilItIsBack() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (TestGateway alone = new TestGateway("http://localhost:" + port)) {
      for (String path :
          new String[] {"/api/batches", "/status/x", "/api/batches/" + new TestBatch(1).id()}) {
        HttpResponse<String> response = alone.get(path);
        isProblem(
            response,
            503,
            path.startsWith("/api/batches/") ? "status-unavailable" : "service-unavailable");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
      }
      try (StubBatchApi back = new StubBatchApi(port)) {
        back.serve("/api/batches", exchange -> StubBatchApi.answer(exchange, 200, "{}".getBytes()));
        assertThat(alone.get("/api/batches").statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void onlyAllowedOriginsMayCall() {
    HttpResponse<String> allowed = gateway.get("/api/echo", "Origin", ORIGIN);
    assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).hasValue(ORIGIN);
    HttpResponse<String> preflight =
        TestGateway.send(
            HttpRequest.newBuilder(gateway.uri("/api/echo"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .headers(
                    "Origin", ORIGIN,
                    "Access-Control-Request-Method", "POST",
                    "Access-Control-Request-Headers", "X-Api-Key")
                .build());
    assertThat(preflight.statusCode()).isEqualTo(200);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
        .hasValue("X-Api-Key");
    isProblem(
        gateway.get("/api/echo", "Origin", "https://elsewhere.example.com"),
        403,
        "origin-not-allowed");
  }

  @Test
  void streamOverTheLimitIsA503() throws Exception {
    TestBatch batch = new TestBatch(1);
    int partition = StepEventsTopic.partitionOf(batch.id());
    batchApi.keep(batch, batch.running(1), partition).appliedAtLeast(topic.end(partition));
    awaitStreams("0.0");
    try (TestGateway.Stream stream = gateway.events(batch.id(), null)) {
      assertThat(stream.next().name()).isEqualTo("snapshot");
      isProblem(
          gateway.get(
              "/api/batches/" + batch.id() + "/events", "X-Api-Key", StubBatchApi.OWNER_KEY),
          503,
          "too-many-streams");
    }
  }

  @Test
  void streamWhoseClientTakesNothingIsCutAndItsPlaceIsFree() throws Exception {
    TestBatch batch = new TestBatch(60_000);
    int partition = StepEventsTopic.partitionOf(batch.id());
    batchApi.keep(batch, batch.running(1), partition).appliedAtLeast(topic.end(partition));
    awaitStreams("0.0");
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(new java.net.InetSocketAddress("localhost", gateway.uri("/").getPort()));
      socket
          .getOutputStream()
          .write(
              ("GET /api/batches/"
                      + batch.id()
                      + "/events HTTP/1.1\r\nHost: x\r\nX-Api-Key: "
                      + StubBatchApi.OWNER_KEY
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      awaitStreams("1.0");
      awaitStreams("0.0");
    }
  }

  private static void awaitStreams(String count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            gateway
                .get("/actuator/prometheus")
                .body()
                .lines()
                .anyMatch(
                    line -> line.startsWith("kombine_gateway_streams{") && line.endsWith(count)));
  }

  @Test
  void pageAndMetricsAreServed() {
    HttpResponse<String> page = gateway.get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("<title>Kombine</title>");
    String metrics = gateway.get("/actuator/prometheus").body();
    assertThat(metrics)
        .contains("kombine_gateway_watched_batches")
        .contains("kombine_gateway_streams")
        .contains("kombine_gateway_lag")
        .contains("kombine_gateway_events_applied_total")
        .contains("kafka_consumer_");
  }
}
