package io.kombine.system.simulator;

import io.kombine.system.simulator.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Sends requests by hand, and never twice. */
final class Caller {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Simulator simulator;

  Caller(Simulator simulator) {
    this.simulator = simulator;
  }

  record Reply(int status, byte[] body, HttpHeaders headers) {
    JsonNode json() {
      return Json.MAPPER.readTree(body);
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  Reply send(String method, String path, String authorization, String body) {
    return sendUnchecked(
        HttpRequest.newBuilder(simulator.baseUrl().resolve(path))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", authorization)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  Reply get(String path, String authorization) {
    return sendUnchecked(
        HttpRequest.newBuilder(simulator.baseUrl().resolve(path))
            .header("Authorization", authorization)
            .build());
  }

  Reply get(URI url) {
    return sendUnchecked(HttpRequest.newBuilder(url).build());
  }

  /** An OpenAI edit with a small output. */
  Reply edit(String prompt, String user) {
    return sendUnchecked(editRequest(prompt, user));
  }

  Reply editThrowing(String prompt, String user) throws IOException {
    return send(editRequest(prompt, user));
  }

  private HttpRequest editRequest(String prompt, String user) {
    String image = Base64.getEncoder().encodeToString(Samples.jpeg(64, 64));
    String body =
        Json.object()
            .put("model", "gpt-image-2.5-flare")
            .put("prompt", prompt)
            .put("size", "64x64")
            .put("output_format", "jpeg")
            .put("user", user)
            .set(
                "images",
                Json.array().add(Json.object().put("image_url", "data:image/jpeg;base64," + image)))
            .toString();
    return HttpRequest.newBuilder(simulator.baseUrl().resolve("/v1/images/edits"))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer key-a")
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  /** Creates a legacy Kling task. */
  Reply klingCreate(String authorization, String prompt) {
    return klingCreate(authorization, prompt, UUID.randomUUID().toString());
  }

  Reply klingCreate(String authorization, String prompt, String externalId) {
    String body =
        Json.object()
            .put("model_name", "kling-v2-5-turbo")
            .put("mode", "pro")
            .put("duration", "5")
            .put("prompt", prompt)
            .put("image", Base64.getEncoder().encodeToString(Samples.jpeg(400, 300)))
            .put("external_task_id", externalId)
            .toString();
    return send("POST", "/v1/videos/image2video", authorization, body);
  }

  private Reply sendUnchecked(HttpRequest request) {
    try {
      return send(request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply send(HttpRequest request) throws IOException {
    try {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return new Reply(response.statusCode(), response.body(), response.headers());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
