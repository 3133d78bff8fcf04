package io.kombine.local.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks to a gateway. Answers are JSON trees, so that a new field needs no new client. Waits at
 * most 60 s for an answer's beginning. Thread-safe.
 */
public final class KombineClient implements AutoCloseable {

  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final URI base;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  /**
   * @param base of the gateway, such as {@code http://localhost:8080}
   */
  public KombineClient(URI base) {
    this.base = base;
  }

  /** Uploads images; answers their URLs, which are good as sources. */
  public List<String> upload(List<Path> files) throws IOException, InterruptedException {
    String boundary = "kombine-" + UUID.randomUUID();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Path file : files) {
      String head =
          "--%s\r\nContent-Disposition: form-data; name=\"files\"; filename=\"%s\"\r\n\r\n"
              .formatted(boundary, file.getFileName());
      body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
      body.writeBytes(Files.readAllBytes(file));
      body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    body.writeBytes("--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8));
    JsonNode uploaded =
        read(
            send(
                request("/api/uploads")
                    .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                    .POST(BodyPublishers.ofByteArray(body.toByteArray()))));
    List<String> urls = new ArrayList<>();
    uploaded.forEach(file -> urls.add(file.path("url").asString()));
    return urls;
  }

  /** What a pipeline would run and cost. */
  public JsonNode estimate(String pipeline) throws IOException, InterruptedException {
    return post("/api/pipelines/bulk/estimate", pipeline, null);
  }

  /**
   * Submits a pipeline.
   *
   * @param idempotencyKey absent where submitting twice shall make two batches
   * @return the batch's id
   */
  public UUID submit(String pipeline, @Nullable String idempotencyKey)
      throws IOException, InterruptedException {
    return UUID.fromString(
        post("/api/pipelines/bulk", pipeline, idempotencyKey).path("batch_id").asString());
  }

  /** A batch's status. */
  public JsonNode batch(UUID batchId) throws IOException, InterruptedException {
    return get("/api/batches/" + batchId);
  }

  /** Any resource. */
  public JsonNode get(String path) throws IOException, InterruptedException {
    return read(send(request(path).GET()));
  }

  /** Any action; an empty body is sent as none. */
  public JsonNode post(String path, String body, @Nullable String idempotencyKey)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
    if (idempotencyKey != null) {
      request.header("Idempotency-Key", idempotencyKey);
    }
    return read(
        send(
            request.POST(
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))));
  }

  /** Saves what a path answers, such as a zip. */
  public void save(String path, Path target) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = send(request(path).GET());
    if (answer.statusCode() != 200) {
      read(answer);
    }
    try (InputStream in = answer.body()) {
      Files.copy(in, target);
    }
  }

  /**
   * Follows a batch until it is done with or the stream ends: each event is given once, beginning
   * with a snapshot.
   *
   * @param lastEventId to go on from; null for the beginning
   * @return the last event's id, to go on from; null where none came
   */
  public @Nullable String follow(UUID batchId, @Nullable String lastEventId, EventListener listener)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve("/api/batches/" + batchId + "/events"))
            .header("Accept", "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    HttpResponse<InputStream> answer = send(request.GET());
    if (answer.statusCode() != 200) {
      read(answer);
    }
    try (InputStream in = answer.body()) {
      return new EventStream(in).read(listener, lastEventId);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(ANSWER);
  }

  private HttpResponse<InputStream> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofInputStream());
  }

  private static JsonNode read(HttpResponse<InputStream> answer) throws IOException {
    byte[] body;
    try (InputStream in = answer.body()) {
      body = in.readAllBytes();
    }
    boolean success = answer.statusCode() / 100 == 2;
    JsonNode json = tree(body);
    if (success && json != null) {
      return json;
    }
    throw new ProblemException(
        answer.statusCode(),
        json,
        "%d from %s: %s"
            .formatted(
                answer.statusCode(), answer.uri(), new String(body, StandardCharsets.UTF_8)));
  }

  private static @Nullable JsonNode tree(byte[] body) {
    if (body.length == 0) {
      return JSON.createObjectNode();
    }
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      return null;
    }
  }

  @Override
  public void close() {
    // why now: an event stream that is still open would be waited for
    http.shutdownNow();
  }
}
