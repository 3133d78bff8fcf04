package io.kombine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.ContractJson;
import io.kombine.testing.KombineInfrastructure;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds the gateway's document to what it answers, and docs/openapi/gateway.json to the document;
 * {@code -Dkombine.openapi.write=true} writes it.
 */
@KombineInfrastructure
class ApiDocsIT {

  private static final Path COMMITTED = Path.of("..", "docs", "openapi", "gateway.json");

  private static StubBatchApi batchApi;
  private static StepEventsTopic topic;
  private static TestGateway gateway;
  private static JsonNode document;

  @BeforeAll
  static void start() throws Exception {
    batchApi = new StubBatchApi();
    batchApi.serve(
        "/api/openapi",
        exchange -> StubBatchApi.answer(exchange, 200, "{\"openapi\": \"3.1.0\"}".getBytes()));
    topic = new StepEventsTopic();
    gateway = new TestGateway(batchApi.url());
    document = TestGateway.json(gateway.get("/api/docs/gateway.json"));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    topic.close();
    batchApi.close();
  }

  @Test
  void theCommittedDocumentIsWhatTheGatewayGives() throws IOException {
    if (Boolean.getBoolean("kombine.openapi.write")) {
      Files.createDirectories(COMMITTED.getParent());
      Files.writeString(
          COMMITTED,
          JsonMapper.builder()
                  .enable(SerializationFeature.INDENT_OUTPUT)
                  .build()
                  .writeValueAsString(document)
              + "\n");
    }

    assertThat(ContractJson.mapper().readTree(Files.readString(COMMITTED)))
        .as("docs/openapi/gateway.json; -Dkombine.openapi.write=true writes it")
        .isEqualTo(document);
  }

  @Test
  void thePageShowsBothDocumentsAndAsksNoOtherHost() {
    HttpResponse<String> page = gateway.get("/api/docs");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("'/api/openapi'", "'/api/docs/gateway.json'")
        .doesNotContain("http://", "https://", "src=");
    assertThat(gateway.get("/api/openapi").body()).contains("3.1.0");
  }

  @Test
  void aStatusAndItsStreamAreAsTheDocumentSays() throws IOException {
    TestBatch batch = new TestBatch(3);
    int partition = StepEventsTopic.partitionOf(batch.id());
    batchApi.keep(batch, batch.running(1), partition).appliedAtLeast(topic.end(partition));

    isAsSaid(gateway.status(batch.id()), "StatusDocument");
    isAsSaid(gateway.status(batch.id()).get("counts"), "Counts");
    isAsSaid(gateway.status(batch.id()).get("cost"), "Cost");
    isAsSaid(gateway.status(batch.id()).get("eta"), "Eta");
    isAsSaid(gateway.status(batch.id()).get("delivery"), "Delivery");
    isAsSaid(gateway.status(batch.id()).get("stages").get(0), "Stage");
    try (TestGateway.Stream stream = gateway.events(batch.id(), null)) {
      JsonNode snapshot = stream.next().data();
      isAsSaid(snapshot, "Snapshot");
      isAsSaid(snapshot.get("steps").get(0), "StepChange");
    }
    isSaid("/api/batches/{id}", "get", 200);
  }

  @Test
  void everyRefusalIsOneThatTheDocumentNames() {
    UUID id = UUID.fromString("00000000-0000-7000-8000-000000000000");

    isProblem(gateway.get("/api/batches/" + id), "/api/batches/{id}", "batch-not-found");
    isProblem(gateway.get("/api/batches/7"), "/api/batches/{id}", "batch-not-found");
    isProblem(
        TestGateway.send(
            HttpRequest.newBuilder(gateway.uri("/api/batches/" + id + "/events")).DELETE().build()),
        "/api/batches/{id}/events",
        "method-not-allowed");
    isProblem(gateway.get("/ws/projects/" + id), "/ws/projects/{id}", "upgrade-required");
  }

  @Test
  void whatAsksForNoKeyIsThere() {
    for (var path : document.at("/paths").properties()) {
      if (path.getValue().at("/get/security").isArray()) {
        HttpResponse<String> answer = gateway.get(path.getKey());
        assertThat(answer.statusCode()).as(path.getKey()).isEqualTo(200);
        String type = answer.headers().firstValue("content-type").orElse("").split(";")[0];
        assertThat(path.getValue().at("/get/responses/200/content").propertyNames())
            .as(path.getKey())
            .anySatisfy(said ->
                assertThat(type.replace("vnd.spring-boot.actuator.v3+", "")).isEqualTo(said));
      }
    }
  }

  private static void isAsSaid(JsonNode value, String schema) {
    JsonNode said = document.at("/components/schemas/" + schema);
    assertThat(said.at("/properties").propertyNames())
        .as(schema)
        .containsAll(value.propertyNames());
    assertThat(value.propertyNames())
        .as(schema)
        .containsAll(said.at("/required").valueStream().map(JsonNode::asString).toList());
  }

  private static JsonNode isSaid(String path, String method, int status) {
    JsonNode answer =
        document.path("paths").path(path).path(method).path("responses").path("" + status);
    assertThat(answer.isObject()).as("%s %s %d", method, path, status).isTrue();
    return answer;
  }

  private static void isProblem(HttpResponse<String> answer, String path, String type) {
    JsonNode problem = TestGateway.json(answer);
    assertThat(problem.get("type").asString()).isEqualTo("urn:kombine:problem:" + type);
    assertThat(isSaid(path, "get", answer.statusCode()).get("description").asString())
        .contains('`' + type + '`');
    isAsSaid(problem, "Problem");
  }
}
