package io.kombine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.testing.KombineInfrastructure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@KombineInfrastructure
@SpringBootTest(
    classes = BatchApiApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "kombine.bench.enabled=true")
class BatchApiApplicationIT {

  @LocalServerPort int port;

  @DynamicPropertySource
  static void directory(DynamicPropertyRegistry registry) throws IOException {
    var directory = Files.createTempDirectory("artifacts");
    registry.add("kombine.artifacts.directory", directory::toString);
  }

  @Test
  void theWholeServiceStartsAndSaysThatItIsReady() throws Exception {
    assertThat(get("/actuator/health/readiness").body()).contains("\"UP\"");
    assertThat(get("/actuator/prometheus").statusCode()).isEqualTo(200);
    assertThat(get("/api/models").body()).contains("bench-image-null", "bench-video-sleep");
    assertThat(get("/api/openapi").body()).contains("/api/pipelines/bulk");
    assertThat(get("/internal/batches/0199aaaa-0000-7000-8000-000000000000/snapshot").statusCode())
        .isEqualTo(404);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
          BodyHandlers.ofString());
    }
  }
}
