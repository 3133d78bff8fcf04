package io.kombine.batch.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.batch.artifact.OwnedArtifacts;
import io.kombine.testing.KombineInfrastructure;
import io.kombine.worker.artifact.ImageArtifacts;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends every request that the API's document shows, in an order in which what one names was made
 * by another, and holds the application to the answers that the document shows. {@code
 * -Dkombine.openapi.write=true} records them anew. On a database of its own: the answers say all
 * that an owner has.
 */
@KombineInfrastructure
@TestPropertySource(properties = "kombine.espeak.installed=true")
class OpenApiExamplesIT extends DoorIT {

  private static final Path ANSWERS = Path.of("src/main/resources/openapi/answers.json");
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern FOLDER_TIME = Pattern.compile("\\[\\d{4}-[0-9 .-]+]");

  @Autowired ImageArtifacts store;
  @Autowired OwnedArtifacts artifacts;

  private final ScheduledExecutorService stages = Executors.newSingleThreadScheduledExecutor();

  /** What the document's names stand for in this run. */
  private final Map<String, String> real = new LinkedHashMap<>();

  private StandInWorkers workers;
  private final List<String> wrong = new ArrayList<>();
  private final Map<String, Map<String, JsonNode>> answers = new TreeMap<>();

  /** What others do meanwhile: workers, and the search for slides. */
  private final Map<String, Consumer<Answer>> afterwards =
      Map.of(
          "submitPipeline.spring",
          answer -> {
            List<UUID> images = workers.steps(answer.text("/batch_id"), "kind = 'i2i'");
            workers.succeed(images.getFirst());
            jdbc.sql("UPDATE steps SET state = 'UNKNOWN', rank = 6 WHERE step_id = ?")
                .param(images.get(1))
                .update();
          },
          "submitPipeline.approval",
          answer -> {
            workers
                .steps(answer.text("/batch_id"), "kind = 'i2i'")
                .forEach(step -> workers.succeed(step));
            jdbc.sql(
                    "UPDATE steps SET state = 'AWAITING_APPROVAL', rank = 1 WHERE batch_id = ?::uuid AND kind = 'i2v'")
                .param(answer.text("/batch_id"))
                .update();
          },
          "submitSceneImages.live",
          answer ->
              workers
                  .steps(answer.text("/batch_job/id"), "true")
                  .forEach(step -> workers.succeed(step)),
          "submitSlideshow.one",
          this::awaitPlan,
          "submitSlideshow.second",
          this::awaitPlan);

  @BeforeAll
  void stagesConfirm() {
    workers = new StandInWorkers(jdbc, store, artifacts);
    stages.scheduleWithFixedDelay(() -> workers.confirmCancels(), 0, 100, TimeUnit.MILLISECONDS);
  }

  @AfterAll
  void stagesStop() {
    stages.close();
  }

  @Test
  void everyExampleIsAnsweredAsTheDocumentShows() throws IOException {
    ApiDocument document = new ApiDocument(get("/api/openapi").body());
    List<ApiExample> waiting = new ArrayList<>(ApiExample.all());
    assertThat(waiting).hasSizeGreaterThan(100);
    List<String> named =
        waiting.stream().flatMap(example -> example.binds().values().stream()).toList();
    while (true) {
      ApiExample next =
          waiting.stream().filter(example -> isReady(example, named)).findFirst().orElse(null);
      if (next == null) {
        break;
      }
      waiting.remove(next);
      replay(next, document);
    }
    assertThat(waiting).as("examples that name what no other makes").isEmpty();
    if (Boolean.getBoolean("kombine.openapi.write")) {
      write();
    } else {
      compare();
    }
    assertThat(wrong).isEmpty();
  }

  private boolean isReady(ApiExample example, List<String> named) {
    String text = example.words().toString().replaceAll("\"binds\":\\{[^}]*}", "");
    return named.stream().noneMatch(name -> text.contains(name) && !real.containsKey(name));
  }

  private void replay(ApiExample example, ApiDocument document) throws IOException {
    Answer answer = answer(example);
    if (answer.status() != example.answer()) {
      wrong.add("%s: %d, %s".formatted(example, answer.status(), answer.raw().body()));
      return;
    }
    example.binds().forEach((place, name) -> bind(answer, place, name));
    JsonNode operation = document.root().path("paths").path(example.path()).path(example.method());
    JsonNode said = operation.path("responses").path(Integer.toString(answer.status()));
    if (said.isMissingNode()) {
      wrong.add(example + ": the document has no answer " + answer.status());
      return;
    }
    String media =
        answer.raw().headers().firstValue("content-type").orElse("").replaceAll(";.*", "");
    JsonNode content = said.path("content").path(media);
    if (!media.isEmpty() && content.isMissingNode()) {
      content = said.path("content").path("*/*");
    }
    if (!media.isEmpty() && content.isMissingNode()) {
      wrong.add(example + ": the document has no answer as " + media);
    }
    if (media.endsWith("json")) {
      document
          .violations(answer.body(), content.path("schema"))
          .forEach(violation -> wrong.add(example + ": the answer's " + violation));
    }
    if (answer.status() < 300
        && example.media().equals("application/json")
        && example.words().has("body")) {
      JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
      document
          .violations(filled(example.words().path("body")), schema)
          .forEach(violation -> wrong.add(example + ": the request's " + violation));
    }
    record(example, answer, media);
    afterwards.getOrDefault(example.id(), _ -> {}).accept(answer);
  }

  private Answer answer(ApiExample example) throws IOException {
    String path = example.path();
    for (var parameter : example.words().path("path").properties()) {
      path = path.replace("{" + parameter.getKey() + "}", coded(parameter.getValue()));
    }
    String query =
        example.words().path("query").properties().stream()
            .map(each -> each.getKey() + "=" + coded(each.getValue()))
            .collect(Collectors.joining("&"));
    HttpRequest.Builder request = to(query.isEmpty() ? path : path + "?" + query);
    example
        .words()
        .path("headers")
        .properties()
        .forEach(header -> request.header(header.getKey(), filled(header.getValue()).asString()));
    JsonNode body = example.words().path("body");
    if (example.media().startsWith("multipart/")) {
      return upload(body.path("files").valueStream().map(OpenApiExamplesIT::part).toList());
    }
    byte[] bytes =
        example.media().startsWith("image/")
            ? Images.image("png", 64, 48, 9)
            : (body.isString() ? filled(body).asString() : filled(body).toString())
                .getBytes(StandardCharsets.UTF_8);
    if (!body.isMissingNode()) {
      request.header("Content-Type", example.media());
    }
    return send(
        request.method(
            example.method().toUpperCase(Locale.ROOT),
            body.isMissingNode() ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes)));
  }

  private static Part part(JsonNode name) {
    boolean image = name.asString().endsWith(".jpg");
    byte[] bytes =
        image ? Images.image("jpeg", 640, 480, 1) : "notes".getBytes(StandardCharsets.UTF_8);
    return new Part(name.asString(), bytes);
  }

  private String coded(JsonNode value) {
    return URLEncoder.encode(filled(value).asString(), StandardCharsets.UTF_8);
  }

  /** With what the document's names stand for. */
  private JsonNode filled(JsonNode value) {
    String text = value.toString();
    for (Map.Entry<String, String> each : real.entrySet()) {
      text = text.replace(each.getKey(), each.getValue());
    }
    return JSON.readTree(text);
  }

  private void bind(Answer answer, String place, String name) {
    String[] parts = place.split("#", 2);
    String value = answer.text(parts[0]);
    if (parts.length == 2) {
      Matcher part = Pattern.compile(parts[1]).matcher(value);
      assertThat(part.find()).as(value).isTrue();
      value = part.group(1);
    }
    assertThat(value).as("%s of %s", place, answer.raw().body()).isNotBlank();
    real.put(name, value);
  }

  private void record(ApiExample example, Answer answer, String media) {
    ObjectNode recorded = JSON.createObjectNode();
    recorded.put("status", answer.status());
    recorded.put("media", media);
    if (media.endsWith("json")) {
      recorded.set("body", JSON.readTree(shown(answer.body().toString())));
    } else if (media.startsWith("text/")) {
      recorded.put("body", shown(answer.raw().body()));
    }
    answers
        .computeIfAbsent(example.operationId(), _ -> new TreeMap<>())
        .put(example.name(), recorded);
  }

  /** With the document's names, and without what differs from run to run. */
  private String shown(String text) {
    String shown = text;
    for (Map.Entry<String, String> each : real.entrySet()) {
      shown = shown.replace(each.getValue(), each.getKey());
    }
    Map<String, String> others = new LinkedHashMap<>();
    shown =
        ID.matcher(shown)
            .replaceAll(id ->
                real.containsKey(id.group()) || id.group().startsWith("00000000")
                    ? id.group()
                    : others.computeIfAbsent(
                        id.group(),
                        _ ->
                            "01993a00-0000-7000-8000-0000000001%02d".formatted(others.size() + 1)));
    shown = TIME.matcher(shown).replaceAll("2026-11-21T08:00:00Z");
    shown = FOLDER_TIME.matcher(shown).replaceAll("[2026-11-21 08-00-00.000]");
    return HASH.matcher(shown)
        .replaceAll(hash ->
            real.containsKey(hash.group())
                ? hash.group()
                : "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae");
  }

  private void write() throws IOException {
    Files.writeString(
        ANSWERS,
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(answers)
            + "\n");
  }

  private void compare() throws IOException {
    JsonNode shown;
    try (InputStream in = getClass().getResourceAsStream("/openapi/answers.json")) {
      shown = JSON.readTree(in);
    }
    JsonNode given = JSON.readTree(JSON.writeValueAsString(answers));
    for (var operation : given.properties()) {
      for (var example : operation.getValue().properties()) {
        JsonNode before = shown.path(operation.getKey()).path(example.getKey());
        if (!before.equals(example.getValue())) {
          wrong.add(
              "%s.%s: the document shows %s, the answer is %s"
                  .formatted(operation.getKey(), example.getKey(), before, example.getValue()));
        }
      }
    }
    assertThat(shown.propertyNames()).containsExactlyInAnyOrderElementsOf(given.propertyNames());
  }

  private void awaitPlan(Answer answer) {
    String status = "/api/batch/" + answer.text("/batch_id") + "/status";
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> !get(status).text("/status").equals("PLANNING"));
  }
}
