package io.kombine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.local.process.JavaProgram;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Another service asks on Kafka, with the programs of docs/samples, and reads what becomes of it.
 */
class KafkaIT extends SystemTest {

  private static final Path SAMPLES = Path.of("..", "docs", "samples");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private record Ended(int status, List<String> lines) {}

  @Test
  void aPipelineAskedForOnKafkaIsTheOneAskedForOverRestAndToldToItsEnd() throws Exception {
    PipelineOrder order =
        PipelineOrder.local(
            "Both doors", sources(2), List.of("as an etching"), List.of("slow zoom in"));
    String requestId = "system-" + UUID.randomUUID();

    ask(requestId, "pipeline", order.json());
    Ended told = run("ReplyReader", requestId, "120");
    JsonNode overRest = awaitEnd(submit(order));

    assertThat(told.status()).as("%s", told.lines()).isZero();
    List<JsonNode> replies = told.lines().stream().map(KafkaIT::reply).toList();
    assertThat(replies.stream().map(reply -> reply.path("type").asString()))
        .containsExactly("accepted", "started", "step", "step", "step", "step", "finished");
    JsonNode finished = replies.getLast();
    assertThat(finished.path("status").asString()).isEqualTo("COMPLETED");
    UUID batch = UUID.fromString(replies.getFirst().path("batchId").asString());
    JsonNode overKafka = countedBatch(batch);
    assertThat(finished.path("spent").path("amount").decimalValue())
        .isEqualByComparingTo(overKafka.path("cost").path("spent").decimalValue())
        .isEqualByComparingTo(overRest.path("cost").path("spent").decimalValue());
    assertThat(plan(batch)).isEqualTo(plan(UUID.fromString(overRest.path("batch_id").asString())));
    assertThat(DeliveredTree.ofFolder(folder(overKafka)).outputs())
        .isEqualTo(DeliveredTree.ofFolder(folder(overRest)).outputs());
  }

  @Test
  void aPipelineWithoutAPromptIsRejectedWithTheProblemThatRestAnswers() throws Exception {
    String requestId = "system-" + UUID.randomUUID();
    String body =
        PipelineOrder.local("None", sources(1), List.of(" "), List.of("slow zoom in")).json();

    ask(requestId, "pipeline", body);
    Ended told = run("ReplyReader", requestId, "60");

    assertThat(told.status()).as("%s", told.lines()).isOne();
    JsonNode problem = reply(told.lines().getLast()).path("problem");
    JsonNode overRest = gateway.post("/api/pipelines/bulk", body).is(400).body();
    assertThat(problem.path("type")).isEqualTo(overRest.path("type"));
    assertThat(problem.path("errors")).isEqualTo(overRest.path("errors"));
  }

  /** Everything that a plan says but for the ids. */
  private List<Map<String, String>> plan(UUID batchId) throws Exception {
    List<Map<String, String>> plan = new ArrayList<>();
    for (JsonNode step : steps(batchId)) {
      Map<String, String> said = new TreeMap<>();
      for (String field :
          List.of(
              "ordinal",
              "group_index",
              "kind",
              "model",
              "prompt",
              "parameters",
              "price",
              "paths")) {
        said.put(field, step.path(field).toString());
      }
      plan.add(said);
    }
    return plan;
  }

  private void ask(String requestId, String kind, String body) throws Exception {
    Path file = Files.writeString(scratch.resolve("body.json"), body);
    Ended sent = run("RequestProducer", "generation.requests", requestId, kind, file.toString());
    assertThat(sent.status()).as("%s", sent.lines()).isZero();
  }

  private static JsonNode reply(String line) {
    return JSON.readTree(line.substring(line.indexOf(' ') + 1));
  }

  private Ended run(String program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(JavaProgram.executable(), "-cp", JavaProgram.classPath()));
    command.add(SAMPLES.resolve(program + ".java").toString());
    command.add(system.stack().bootstrapServers());
    command.addAll(List.of(arguments));
    Path output = scratch.resolve(program + ".out");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(scratch.resolve(program + ".err").toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as("%s ends", program)
          .isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(
        process.exitValue(),
        Files.readAllLines(output, StandardCharsets.UTF_8).stream()
            // why: where the tests run, Kafka's client finds a logger that writes here too
            .filter(line -> line.startsWith("io.kombine.generation."))
            .toList());
  }
}
