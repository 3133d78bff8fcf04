package io.kombine.gateway;

import io.kombine.contracts.ContractJson;
import io.kombine.testing.TestKafka;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** One replica, started as in production on a port of its own. */
final class TestGateway implements AutoCloseable {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final ConfigurableApplicationContext context;

  TestGateway(String batchApi, String... settings) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("server.port", "0");
    properties.put("kombine.batch-api.url", batchApi);
    properties.put("spring.kafka.bootstrap-servers", TestKafka.bootstrapServers());
    for (String setting : settings) {
      properties.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
    }
    context =
        new SpringApplicationBuilder(GatewayApplication.class)
            .initializers(it ->
                it.getEnvironment()
                    .getPropertySources()
                    .addFirst(
                        new org.springframework.core.env.MapPropertySource("test", properties)))
            .run();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> get("/actuator/health/readiness").statusCode() == 200);
  }

  URI uri(String path) {
    return URI.create(
        "http://localhost:" + context.getEnvironment().getProperty("local.server.port") + path);
  }

  HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  static HttpResponse<String> send(HttpRequest request) {
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(HttpResponse<String> response) {
    return ContractJson.mapper().readTree(response.body());
  }

  JsonNode status(UUID batchId) {
    HttpResponse<String> response =
        get("/api/batches/" + batchId, "X-Api-Key", StubBatchApi.OWNER_KEY);
    if (response.statusCode() != 200) {
      throw new IllegalStateException(response.statusCode() + " " + response.body());
    }
    return json(response);
  }

  Stream events(UUID batchId, @Nullable String lastEventId) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri("/api/batches/" + batchId + "/events"))
            .header("X-Api-Key", StubBatchApi.OWNER_KEY);
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    try {
      return new Stream(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    context.close();
  }

  record Event(String id, String name, JsonNode data) {}

  /** An event stream as a client reads it. */
  static final class Stream implements AutoCloseable {

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final HttpResponse<java.io.InputStream> response;
    private final Thread reading;

    Stream(HttpResponse<java.io.InputStream> response) {
      this.response = response;
      this.reading = Thread.ofVirtual().start(this::read);
    }

    int statusCode() {
      return response.statusCode();
    }

    Event next() {
      try {
        Event event = events.poll(10, TimeUnit.SECONDS);
        if (event == null) {
          throw new AssertionError("no event within 10 s");
        }
        return event;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    /** All events until the stream is ended by the gateway. */
    List<Event> rest() {
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !reading.isAlive());
      List<Event> rest = new ArrayList<>();
      events.drainTo(rest);
      return rest;
    }

    private void read() {
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
        Map<String, String> fields = new HashMap<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (!line.isEmpty()) {
            int colon = line.indexOf(':');
            fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
          } else if (fields.containsKey("data")) {
            events.add(
                new Event(
                    fields.get("id"),
                    fields.get("event"),
                    ContractJson.mapper().readTree(fields.get("data"))));
            fields.clear();
          }
        }
      } catch (IOException e) {
        events.add(new Event("", "broken", ContractJson.mapper().nullNode()));
      }
    }

    @Override
    public void close() throws IOException {
      response.body().close();
    }
  }
}
