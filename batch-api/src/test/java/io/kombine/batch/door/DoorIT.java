package io.kombine.batch.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.BatchKind;
import io.kombine.testing.KombineInfrastructure;
import io.kombine.testing.TestKafka;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks HTTP to a running batch-api on a database of its own. */
@KombineInfrastructure
@SpringBootTest(
    classes = DoorApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "kombine.fetch.allowed-private-hosts=127.0.0.1",
      "kombine.fetch.timeout=5s",
      "kombine.consume.intake=5",
      "kombine.access.keys.ann=4813494d137e1631bba301d5acab6e7bb7aa74ce1185d456565ef51d737677b2",
    })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DoorIT {

  static final JsonMapper JSON = JsonMapper.builder().build();

  /** The key of owner {@code ann}. */
  static final String ANNS_KEY = "root";

  @Autowired Environment environment;
  @Autowired JdbcClient jdbc;

  final HttpClient http = HttpClient.newHttpClient();
  ImageHost images;
  KafkaDoor kafka;

  @DynamicPropertySource
  static void directory(DynamicPropertyRegistry registry) throws IOException {
    Path directory = Files.createTempDirectory("artifacts");
    registry.add("kombine.artifacts.directory", directory::toString);
    registry.add("kombine.kafka-door.group", () -> TestKafka.uniqueName("door"));
    String prefix = "kombine.kafka-door.producers.";
    registry.add(prefix + "shared.owner", () -> "");
    registry.add(prefix + "local.topic", () -> KafkaDoor.TOPIC);
    registry.add(prefix + "local.owner", () -> "local");
    registry.add(prefix + "stranger.topic", () -> KafkaDoor.STRANGERS_TOPIC);
  }

  @BeforeAll
  void serveImages() throws IOException {
    images = new ImageHost();
    kafka = new KafkaDoor();
  }

  @AfterAll
  void stopServing() {
    images.close();
    kafka.close();
    http.close();
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://localhost:" + environment.getProperty("local.server.port") + path));
  }

  record Answer(int status, JsonNode body, HttpResponse<String> raw) {

    String text(String pointer) {
      return body.at(pointer).asString();
    }

    /** Checks what every problem has. */
    Answer isProblem(int expected, String name) {
      assertThat(status).as("%s", raw.body()).isEqualTo(expected);
      assertThat(raw.headers().firstValue("content-type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
      assertThat(text("/type")).isEqualTo("urn:kombine:problem:" + name);
      assertThat(body.at("/status").asInt()).isEqualTo(expected);
      assertThat(text("/detail")).isNotBlank();
      return this;
    }

    Answer names(String... fields) {
      assertThat(body.at("/errors").valueStream().map(e -> e.at("/field").asString()))
          .as("%s", raw.body())
          .containsExactly(fields);
      return this;
    }
  }

  Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> raw = http.send(request.build(), BodyHandlers.ofString());
      String type = raw.headers().firstValue("content-type").orElse("");
      JsonNode body =
          type.contains("json") && !raw.body().isEmpty()
              ? JSON.readTree(raw.body())
              : JSON.nullNode();
      return new Answer(raw.statusCode(), body, raw);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  Answer get(String path) {
    return send(to(path));
  }

  Answer post(String path, String json, String... headers) {
    HttpRequest.Builder request =
        to(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  record Part(String fileName, byte[] content) {}

  Answer upload(List<Part> parts, String... headers) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Part part : parts) {
      body.write(
          ("--B\r\nContent-Disposition: form-data; name=\"files\"; filename=\""
                  + part.fileName()
                  + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
              .getBytes(StandardCharsets.UTF_8));
      body.write(part.content());
      body.write("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    body.write("--B--\r\n".getBytes(StandardCharsets.UTF_8));
    HttpRequest.Builder request =
        to("/api/uploads")
            .header("Content-Type", "multipart/form-data; boundary=B")
            .POST(BodyPublishers.ofByteArray(body.toByteArray()));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  String uploaded(int seed) throws IOException {
    Answer answer =
        upload(List.of(new Part("cat " + seed + ".jpg", Images.image("jpeg", 64, 48, seed))));
    assertThat(answer.status()).as("%s", answer.raw().body()).isEqualTo(200);
    return answer.text("/0/url");
  }

  int rows(String table) {
    return jdbc.sql("SELECT count(*) FROM " + table).query(Integer.class).single();
  }

  /** One request's way through REST and Kafka. */
  BothDoors bothDoors(BatchKind kind, String path) {
    return new BothDoors(this, kind, body -> post(path, body), "/batch_id", body -> body);
  }

  static String pipeline(List<String> sources) {
    return """
    {"name": "Spring", "source_images": %s,
     "i2i_config": {"enabled": true, "prompts": ["at sunset", "in snow"],
                    "model": "local-image", "images_per_prompt": 1},
     "i2v_config": {"prompts": ["zoom in", "pan left"], "model": "local-video",
                    "resolution": "720p", "duration_sec": 5}}
    """
        .formatted(JSON.writeValueAsString(sources));
  }
}
