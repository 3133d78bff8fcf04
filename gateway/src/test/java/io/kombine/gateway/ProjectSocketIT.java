package io.kombine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kombine.contracts.ContractJson;
import io.kombine.contracts.Ids;
import io.kombine.contracts.StepState;
import io.kombine.testing.KombineInfrastructure;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@KombineInfrastructure
class ProjectSocketIT {

  private static StubBatchApi batchApi;
  private static StepEventsTopic topic;
  private static TestGateway gateway;
  private static final AtomicReference<Map<String, Object>> GENERATION = new AtomicReference<>();
  private static final UUID PROJECT = Ids.next();
  private static final UUID SENTENCE = Ids.next();

  @BeforeAll
  static void start() throws Exception {
    batchApi = new StubBatchApi();
    batchApi.serve(
        "/internal/projects/",
        exchange -> {
          Map<String, Object> generation = GENERATION.get();
          boolean known =
              exchange.getRequestURI().getPath().contains(PROJECT.toString())
                  && StubBatchApi.OWNER_KEY.equals(
                      exchange.getRequestHeaders().getFirst("X-Api-Key"));
          StubBatchApi.answer(
              exchange,
              known ? 200 : 404,
              ContractJson.mapper().writeValueAsBytes(known ? generation : Map.of()));
        });
    topic = new StepEventsTopic();
    gateway =
        new TestGateway(
            batchApi.url(),
            "kombine.gateway.sockets.look-every=200ms",
            "kombine.gateway.sockets.ping=300ms",
            "kombine.gateway.sockets.idle-after=2s",
            "kombine.gateway.streams.max-streams=3");
  }

  @AfterAll
  static void stop() {
    gateway.close();
    topic.close();
    batchApi.close();
  }

  private static StubBatchApi.Kept generating(TestBatch batch, boolean running) {
    int partition = StepEventsTopic.partitionOf(batch.id());
    StubBatchApi.Kept kept = batchApi.keep(batch, batch.running(1), partition);
    kept.appliedAtLeast(topic.end(partition));
    GENERATION.set(
        Map.of(
            "projectId",
            PROJECT,
            "batchId",
            batch.id(),
            "running",
            running,
            "sentences",
            List.of(SENTENCE)));
    return kept;
  }

  @Test
  void aClientGetsASnapshotThenEachJobAndStageAndTheNextGeneration() throws Exception {
    TestBatch batch = new TestBatch(2);
    StubBatchApi.Kept kept = generating(batch, true);
    try (Client client = new Client(gateway, null)) {
      JsonNode snapshot = client.next();
      assertThat(snapshot.at("/type").asString()).isEqualTo("snapshot");
      assertThat(snapshot.at("/projectId").asString()).isEqualTo(PROJECT.toString());
      assertThat(snapshot.at("/batchId").asString()).isEqualTo(batch.id().toString());
      assertThat(snapshot.at("/stage").asString()).isEqualTo("images");
      assertThat(snapshot.at("/stageTotal").asInt()).isEqualTo(1);
      assertThat(snapshot.at("/jobs/total").asInt()).isEqualTo(2);

      topic.write(kept, batch.step(0, 1, StepState.SUCCEEDED));

      JsonNode job = client.next();
      assertThat(job.at("/type").asString()).isEqualTo("job_complete");
      assertThat(job.at("/sentenceId").asString()).isEqualTo(SENTENCE.toString());
      JsonNode stage = client.next();
      assertThat(stage.at("/type").asString()).isEqualTo("generation_stage_change");
      assertThat(stage.at("/stage").asString()).isEqualTo("videos");

      topic.write(kept, batch.step(1, 1, StepState.FAILED));
      assertThat(client.next().at("/type").asString()).isEqualTo("job_failed");
      assertThat(client.next().at("/stage").asString()).isEqualTo("done");
      topic.write(kept, batch.ended(2));

      TestBatch second = new TestBatch(1);
      generating(second, true);
      JsonNode again = client.next();
      assertThat(again.at("/type").asString()).isEqualTo("snapshot");
      assertThat(again.at("/batchId").asString()).isEqualTo(second.id().toString());
    }
  }

  @Test
  void aClientThatComesBackWithItsPositionIsToldWhatItMissedAndNoSnapshot() throws Exception {
    TestBatch batch = new TestBatch(4);
    StubBatchApi.Kept kept = generating(batch, true);
    String position;
    try (Client client = new Client(gateway, null)) {
      client.next();
      topic.write(kept, batch.step(1, 1, StepState.SUCCEEDED));
      position = client.next().at("/position").asString();
    }
    topic.write(kept, batch.step(2, 1, StepState.SUCCEEDED));

    try (Client client = new Client(gateway, position)) {
      JsonNode missed = client.next();
      assertThat(missed.at("/type").asString()).isEqualTo("job_complete");
      assertThat(missed.at("/jobId").asString())
          .isEqualTo(batch.step(2, 1, StepState.SUCCEEDED).stepId().toString());
    }
    try (Client client = new Client(gateway, Ids.next() + "@0:1")) {
      assertThat(client.next().at("/type").asString()).isEqualTo("snapshot");
    }
  }

  @Test
  void aProjectWithoutGenerationShowsItselfAndWaits() throws Exception {
    GENERATION.set(Map.of("projectId", PROJECT, "running", false, "sentences", List.of()));
    try (Client client = new Client(gateway, null)) {
      JsonNode snapshot = client.next();
      assertThat(snapshot.at("/type").asString()).isEqualTo("snapshot");
      assertThat(snapshot.has("batchId")).isFalse();
      assertThat(snapshot.at("/steps")).isEmpty();
    }
  }

  @Test
  void whatIsWrongIsAProblemBeforeTheProtocolChanges() {
    GENERATION.set(Map.of("projectId", PROJECT, "running", false, "sentences", List.of()));
    HttpResponse<String> plain = gateway.get("/ws/projects/" + PROJECT);
    assertThat(plain.statusCode()).isEqualTo(426);
    assertThat(TestGateway.json(plain).at("/type").asString())
        .isEqualTo("urn:kombine:problem:upgrade-required");
    assertThat(refusal(gateway.uri("/ws/projects/" + Ids.next()), null)).isEqualTo(404);
    assertThat(refusal(gateway.uri("/ws/projects/x"), null)).isEqualTo(404);
    assertThat(refusal(gateway.uri("/ws/projects/" + PROJECT), "https://elsewhere.example"))
        .isEqualTo(403);
  }

  @Test
  void aSocketBeyondThePlacesIsRefusedAndAPlaceIsFreedByItsEnd() throws Exception {
    GENERATION.set(Map.of("projectId", PROJECT, "running", false, "sentences", List.of()));
    try (Client one = new Client(gateway, null);
        Client two = new Client(gateway, null)) {
      Client three = new Client(gateway, null);
      one.next();
      two.next();
      three.next();
      assertThat(refusal(gateway.uri("/ws/projects/" + PROJECT), null)).isEqualTo(503);
      three.close();
      Awaitility.await()
          .untilAsserted(() -> {
            try (Client four = new Client(gateway, null)) {
              assertThat(four.next().at("/type").asString()).isEqualTo("snapshot");
            }
          });
    }
  }

  @Test
  void aClientThatAnswersPingsStaysAndOneThatSaysNothingIsClosed() throws Exception {
    GENERATION.set(Map.of("projectId", PROJECT, "running", false, "sentences", List.of()));
    try (Client answering = new Client(gateway, null)) {
      answering.next();
      Awaitility.await().until(() -> answering.pings.get() > 8);
      assertThat(answering.closed.get()).isNull();
    }
    // why a client that asks for nothing more: then it reads no ping either
    try (Client silent = new Client(gateway, null, false)) {
      Awaitility.await()
          // why so late: the server looks for silent sockets every ten seconds
          .pollDelay(Duration.ofSeconds(14))
          .atMost(Duration.ofSeconds(30))
          .until(silent::resume);
      assertThat(silent.closed.get()).isNotNull();
    }
  }

  @Test
  void aClientThatIsToldALotIsPingedAllTheSame() throws Exception {
    int steps = 400;
    TestBatch batch = new TestBatch(steps);
    StubBatchApi.Kept kept = generating(batch, true);
    try (Client client = new Client(gateway, null)) {
      client.next();
      int told = 1;
      while (client.pings.get() < 3 && told < steps) {
        topic.write(kept, batch.step(told++, 1, StepState.SUCCEEDED));
        assertThat(client.next().at("/type").asString()).isEqualTo("job_complete");
      }
      assertThat(client.pings.get()).as("pings beside %d messages", told).isEqualTo(3);
    }
  }

  private static int refusal(URI http, @Nullable String origin) {
    WebSocket.Builder builder =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("X-Api-Key", StubBatchApi.OWNER_KEY);
    if (origin != null) {
      builder.header("Origin", origin);
    }
    AtomicInteger status = new AtomicInteger();
    assertThatThrownBy(() ->
            builder
                .buildAsync(
                    URI.create(http.toString().replace("http:", "ws:")),
                    new WebSocket.Listener() {})
                .join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> status.set(refused.getResponse().statusCode()));
    return status.get();
  }

  /** A client of one project. */
  private static final class Client implements WebSocket.Listener, AutoCloseable {

    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final AtomicInteger pings = new AtomicInteger();
    private final AtomicReference<String> closed = new AtomicReference<>();
    private final boolean reading;
    private final WebSocket socket;

    Client(TestGateway gateway, @Nullable String position) {
      this(gateway, position, true);
    }

    Client(TestGateway gateway, @Nullable String position, boolean reading) {
      this.reading = reading;
      String query = position == null ? "" : "?position=" + position;
      URI uri = gateway.uri("/ws/projects/" + PROJECT + query);
      socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .header("X-Api-Key", StubBatchApi.OWNER_KEY)
              .buildAsync(URI.create(uri.toString().replace("http:", "ws:")), this)
              .join();
    }

    JsonNode next() throws InterruptedException {
      JsonNode message = messages.poll(20, TimeUnit.SECONDS);
      assertThat(message).as("a message within 20 s; closed: " + closed.get()).isNotNull();
      return message;
    }

    /** Reads what there is at last; whether it was closed. */
    boolean resume() {
      socket.request(100);
      return closed.get() != null;
    }

    @Override
    public void onOpen(WebSocket webSocket) {
      if (reading) {
        webSocket.request(1);
      }
    }

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        messages.add(ContractJson.mapper().readTree(text.toString()));
        text.setLength(0);
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket webSocket, java.nio.ByteBuffer message) {
      pings.incrementAndGet();
      webSocket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
      closed.set(status + " " + reason);
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      closed.set(error.toString());
    }

    @Override
    public void close() {
      socket.abort();
    }
  }
}
