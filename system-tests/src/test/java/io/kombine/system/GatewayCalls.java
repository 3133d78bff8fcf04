package io.kombine.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Any request to the gateway, with any headers, and its answer whatever the status. */
final class GatewayCalls implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final URI base;
  private final HttpClient http = HttpClient.newHttpClient();

  GatewayCalls(URI base) {
    this.base = base;
  }

  record Answer(int status, JsonNode body) {

    String text(String pointer) {
      return body.at(pointer).asString();
    }

    Answer is(int expected) {
      assertThat(status).as("%s", body).isEqualTo(expected);
      return this;
    }

    /** Checks that it is this problem and names these fields. */
    Answer isProblem(int expected, String type, String... fields) {
      is(expected);
      assertThat(text("/type")).isEqualTo("urn:kombine:problem:" + type);
      List<String> named =
          body.at("/errors").valueStream().map(error -> error.at("/field").asString()).toList();
      assertThat(named).containsExactly(fields);
      return this;
    }
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send("GET", path, BodyPublishers.noBody());
  }

  Answer post(String path, String json, String... headers)
      throws IOException, InterruptedException {
    return send("POST", path, BodyPublishers.ofString(json), headers);
  }

  /** As JSON, unless the headers say another content type. */
  Answer send(String method, String path, BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).method(method, body);
    request.setHeader("Content-Type", "application/json");
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    JsonNode json = answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
    return new Answer(answer.statusCode(), json);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
