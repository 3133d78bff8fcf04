package io.kombine.batch.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.batch.storyboard.Project;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Projects and what is asked of them, without anything that runs. */
@TestPropertySource(properties = "kombine.espeak.installed=true")
class StoryboardDoorIT extends DoorIT {

  private static final String PROJECTS = "/api/v1/projects";

  private Answer put(String path, String json) {
    return send(
        to(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
  }

  private Answer patch(String path, String json) {
    return send(
        to(path)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(json)));
  }

  private Answer delete(String path) {
    return send(to(path).DELETE());
  }

  private static String sentence(int number) {
    return """
    {"text": "Sentence number %d.", "imagePrompt": "scene %d", "cameraMovement": "zoom_in",
     "motionStrength": 0.5, "voice": "en-gb"}
    """
        .formatted(number, number);
  }

  private static String project(String name, int sentences) {
    List<String> each = new ArrayList<>();
    for (int i = 1; i <= sentences; i++) {
      each.add(sentence(i));
    }
    return "{\"name\": \"%s\", \"durationSec\": 1, \"sentences\": [%s]}"
        .formatted(name, String.join(",", each));
  }

  private String created(String name, int sentences) {
    Answer answer = post(PROJECTS, project(name, sentences));
    assertThat(answer.status()).as("%s", answer.raw().body()).isEqualTo(201);
    assertThat(answer.raw().headers().firstValue("location"))
        .contains(PROJECTS + "/" + answer.text("/id"));
    return PROJECTS + "/" + answer.text("/id");
  }

  private static List<String> texts(JsonNode project) {
    return project.at("/sentences").valueStream().map(s -> s.at("/text").asString()).toList();
  }

  @Test
  void aProjectIsWrittenReadListedRenamedAndDeleted() {
    String path = created("The lighthouse", 2);

    Answer read = get(path);
    assertThat(read.text("/name")).isEqualTo("The lighthouse");
    assertThat(read.text("/audioModel")).isEqualTo("local-voice");
    assertThat(read.text("/resolution")).isEqualTo("480p");
    assertThat(read.body().at("/sentences/1/position").asInt()).isEqualTo(2);
    assertThat(read.text("/sentences/0/assets/audio/status")).isEqualTo("missing");
    assertThat(read.body().at("/sentences/0/dirty/video").asBoolean()).isTrue();
    assertThat(read.body().has("generation")).isFalse();

    assertThat(patch(path, "{\"name\": \"The tower\", \"resolution\": \"720p\"}").text("/name"))
        .isEqualTo("The tower");
    assertThat(get(path).body().at("/durationSec").decimalValue()).isEqualByComparingTo("1");
    assertThat(get(path + "?x=1").text("/resolution")).isEqualTo("720p");
    Answer page = get(PROJECTS + "?limit=1");
    assertThat(page.text("/projects/0/name")).isEqualTo("The tower");
    assertThat(page.body().at("/projects/0/sentenceCount").asInt()).isEqualTo(2);

    assertThat(delete(path).status()).isEqualTo(204);
    get(path).isProblem(404, "project-not-found");
  }

  @Test
  void aListIsPagedByItsCursorWithoutGapsOrRepetition() {
    List<String> mine = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      mine.add(created("Paged " + i, 0).substring(PROJECTS.length() + 1));
    }
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      Answer page = get(PROJECTS + "?limit=2" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      page.body().at("/projects").forEach(p -> seen.add(p.at("/id").asString()));
      cursor = page.body().path("nextCursor").asString("");
    } while (!cursor.isEmpty());

    assertThat(seen).doesNotHaveDuplicates().containsAll(mine);
    assertThat(seen.indexOf(mine.get(4))).isLessThan(seen.indexOf(mine.get(0)));
  }

  @Test
  void sentencesAreAddedReplacedOrderedAndRemovedWithoutGaps() {
    String path = created("Sentences", 3);

    Answer added = post(path + "/sentences", "{\"text\": \"First.\", \"position\": 1}");
    assertThat(added.status()).isEqualTo(201);
    assertThat(added.body().at("/position").asInt()).isEqualTo(1);
    assertThat(texts(get(path).body()))
        .containsExactly(
            "First.", "Sentence number 1.", "Sentence number 2.", "Sentence number 3.");

    String id = added.text("/id");
    Answer edited = put(path + "/sentences/" + id, "{\"text\": \"Begin.\", \"voice\": \"de\"}");
    assertThat(edited.text("/text")).isEqualTo("Begin.");
    assertThat(edited.text("/voice")).isEqualTo("de");

    List<String> ids =
        new ArrayList<>(
            get(path)
                .body()
                .at("/sentences")
                .valueStream()
                .map(s -> s.at("/id").asString())
                .toList());
    java.util.Collections.reverse(ids);
    Answer ordered =
        put(path + "/sentences/order", "{\"sentenceIds\": " + JSON.writeValueAsString(ids) + "}");
    assertThat(texts(ordered.body()))
        .containsExactly(
            "Sentence number 3.", "Sentence number 2.", "Sentence number 1.", "Begin.");

    assertThat(delete(path + "/sentences/" + ids.get(1)).status()).isEqualTo(204);
    assertThat(texts(get(path).body()))
        .containsExactly("Sentence number 3.", "Sentence number 1.", "Begin.");
    assertThat(get(path).body().at("/sentences").valueStream().map(s -> s.at("/position").asInt()))
        .containsExactly(1, 2, 3);
    delete(path + "/sentences/" + ids.get(1)).isProblem(404, "sentence-not-found");
  }

  @Test
  void anOrderHasToNameEverySentenceOnce() {
    String path = created("Order", 2);
    JsonNode sentences = get(path).body().at("/sentences");
    String one = sentences.at("/0/id").asString();

    put(path + "/sentences/order", "{\"sentenceIds\": [\"%s\"]}".formatted(one))
        .isProblem(400, "invalid-request")
        .names("sentenceIds");
    put(path + "/sentences/order", "{\"sentenceIds\": [\"%s\", \"%s\"]}".formatted(one, one))
        .isProblem(400, "invalid-request")
        .names("sentenceIds");
    put(path + "/sentences/order", "{\"sentenceIds\": [\"%s\", null]}".formatted(one))
        .isProblem(400, "invalid-request")
        .names("sentenceIds");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|400|invalid-request|name",
        "{\"name\": \" \"}|400|invalid-request|name",
        "{\"name\": \"x\", \"audioModel\": \"local-image\"}|422|unknown-model|audioModel",
        "{\"name\": \"x\", \"videoModel\": \"none\"}|422|unknown-model|videoModel",
        "{\"name\": \"x\", \"resolution\": \"4k\"}|422|unsupported-by-model|resolution",
        "{\"name\": \"x\", \"durationSec\": 61}|422|unsupported-by-model|durationSec",
        "{\"name\": \"x\", \"durationSec\": 1.0001}|400|invalid-request|durationSec",
        "{\"name\": \"x\", \"sentences\": [{}]}|400|invalid-request|sentences[0].text",
        "{\"name\": \"x\", \"sentences\": [null]}|400|invalid-request|sentences[0].text",
        "{\"name\": \"x\", \"sentences\": [{\"text\": \"a\", \"motionStrength\": 1.001}]}"
            + "|400|invalid-request|sentences[0].motionStrength",
        "{\"name\": \"x\", \"sentences\": [{\"text\": \"a\", \"motionStrength\": -0.001}]}"
            + "|400|invalid-request|sentences[0].motionStrength",
      })
  void whatIsWrongWithAProjectIsNamedAndNothingIsWritten(
      String body, int status, String problem, String field) {
    int before = rows("storyboard_projects");

    post(PROJECTS, body).isProblem(status, problem).names(field);

    assertThat(rows("storyboard_projects")).isEqualTo(before);
  }

  @Test
  void lengthsAreTakenUpToTheirLimitsAndRefusedOneBeyond() {
    String path = created("n".repeat(200), 0);
    post(PROJECTS, project("n".repeat(201), 0)).isProblem(400, "invalid-request").names("name");
    String edge =
        """
        {"text": "%s", "imagePrompt": "%s", "cameraMovement": "%s", "voice": "%s",
         "motionStrength": 1, "position": %d}
        """;
    assertThat(
            post(
                    path + "/sentences",
                    edge.formatted(
                        "t".repeat(4000), "p".repeat(4000), "c".repeat(100), "v".repeat(50), 200))
                .status())
        .isEqualTo(201);
    post(
            path + "/sentences",
            edge.formatted(
                "t".repeat(4001), "p".repeat(4001), "c".repeat(101), "v".repeat(51), 201))
        .isProblem(400, "invalid-request")
        .names("position", "text", "imagePrompt", "cameraMovement", "voice");
  }

  @Test
  void aProjectTakes200SentencesAndNoMore() {
    String path = created("Many", Project.MAX_SENTENCES);

    post(path + "/sentences", sentence(201)).isProblem(409, "limit-reached");
    post(PROJECTS, project("Too many", Project.MAX_SENTENCES + 1))
        .isProblem(400, "invalid-request")
        .names("sentences");
    assertThat(get(path).body().at("/sentences")).hasSize(200);
  }

  @Test
  void aRepeatedRequestWithItsKeyWritesNothingTwice() {
    String key = UUID.randomUUID().toString();
    Answer first = post(PROJECTS, project("Twice", 1), "Idempotency-Key", key);
    Answer again = post(PROJECTS, project("Twice", 1), "Idempotency-Key", key);

    assertThat(again.text("/id")).isEqualTo(first.text("/id"));
    post(PROJECTS, project("Another", 1), "Idempotency-Key", key)
        .isProblem(422, "idempotency-key-reused");
    String sentences = PROJECTS + "/" + first.text("/id") + "/sentences";
    String other = UUID.randomUUID().toString();
    post(sentences, sentence(9), "Idempotency-Key", other);
    post(sentences, sentence(9), "Idempotency-Key", other);
    assertThat(get(PROJECTS + "/" + first.text("/id")).body().at("/sentences")).hasSize(2);
  }

  @Test
  void everythingIsPlannedAndOneGenerationRunsAtATime() {
    String path = created("Generate", 3);

    Answer begun = post(path + "/generate-all", "{}", "Idempotency-Key", "generate-" + path);

    assertThat(begun.status()).as("%s", begun.raw().body()).isEqualTo(202);
    assertThat(begun.body().at("/jobCounts").toString())
        .isEqualTo("{\"audio\":3,\"image\":3,\"video\":3}");
    assertThat(begun.body().at("/totalJobs").asInt()).isEqualTo(9);
    assertThat(begun.text("/message")).isNotBlank();
    String batch = begun.text("/batchId");
    assertThat(begun.raw().headers().firstValue("location")).contains("/api/batches/" + batch);
    assertThat(get("/api/batches/" + batch).text("/kind")).isEqualTo("storyboard");
    JsonNode steps = get("/api/batches/" + batch + "/steps").body().at("/steps");
    assertThat(
            steps
                .valueStream()
                .map(s -> s.at("/kind").asString() + " " + s.at("/state").asString()))
        .containsExactly(
            "audio READY",
            "audio READY",
            "audio READY",
            "i2i WAITING",
            "i2i WAITING",
            "i2i WAITING",
            "i2v WAITING",
            "i2v WAITING",
            "i2v WAITING");

    assertThat(
            post(path + "/generate-all", "{}", "Idempotency-Key", "generate-" + path)
                .text("/batchId"))
        .isEqualTo(batch);
    Answer second = post(path + "/generate-images", "").isProblem(409, "generation-running");
    assertThat(second.text("/batch_id")).isEqualTo(batch);
    delete(path).isProblem(409, "generation-running");
    assertThat(get(path).body().at("/generation/running").asBoolean()).isTrue();
    assertThat(
            get("/internal/projects" + path.substring(PROJECTS.length()) + "/generation")
                .text("/batchId"))
        .isEqualTo(batch);
  }

  @Test
  void videosAloneArePlannedOnlyForSentencesThatHaveAnImage() {
    String path = created("No images", 2);

    Answer begun = post(path + "/generate-videos", "{}");

    assertThat(begun.status()).isEqualTo(202);
    assertThat(begun.body().at("/totalJobs").asInt()).isZero();
    assertThat(begun.body().has("batchId")).isFalse();
    assertThat(begun.raw().headers().firstValue("location")).isEmpty();
  }

  @Test
  void aSentenceWithoutPromptIsNamedAndNothingIsPlanned() {
    String path = created("Incomplete", 2);
    String id = post(path + "/sentences", "{\"text\": \"Blind.\"}").text("/id");
    int before = rows("batches");

    Answer refused = post(path + "/generate-all", "{}");

    refused.isProblem(422, "storyboard-incomplete").names("sentences[2].imagePrompt");
    assertThat(refused.text("/detail")).contains("sentence 3").contains(id);
    assertThat(post(path + "/generate-all", "{\"stages\": [\"audio\"]}").status()).isEqualTo(202);
    assertThat(rows("batches")).isEqualTo(before + 1);
  }

  @Test
  void aProjectWithoutSentencesHasNothingToGenerate() {
    post(created("Empty", 0) + "/generate-all", "{}")
        .isProblem(422, "storyboard-incomplete")
        .names("sentences");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"stages\": []}|stages",
        "{\"stages\": [\"audio\", \"images\", \"videos\", \"audio\"]}|stages",
        "{\"stages\": [\"audio\", \"audio\"]}|stages[1]",
        "{\"stages\": [\"sound\"]}|stages[0]",
        "{\"stages\": [null]}|stages[0]",
        "{\"stages\": \"audio\"}|stages",
        "{\"skipClean\": \"perhaps\"}|skipClean",
      })
  void wrongStagesAreNamed(String body, String field) {
    post(created("Stages", 1) + "/generate-all", body)
        .isProblem(400, "invalid-request")
        .names(field);
  }

  @Test
  void aVoiceThatTheModelLacksIsNamedWithThoseItHas() {
    String path = created("Voices", 1);
    post(path + "/sentences", "{\"text\": \"Hm.\", \"imagePrompt\": \"x\", \"voice\": \"xx\"}");

    Answer refused = post(path + "/generate-all", "{}");

    refused.isProblem(422, "unsupported-by-model").names("sentences[1].voice");
    assertThat(refused.body().at("/errors/0/accepted").toString()).contains("en-us");
  }

  @Test
  void anotherOwnersProjectIsNone() {
    String path = created("Mine", 1);

    send(to(path).header("X-Api-Key", ANNS_KEY)).isProblem(404, "project-not-found");
    post(path + "/generate-all", "{}", "X-Api-Key", ANNS_KEY).isProblem(404, "project-not-found");
    post(path + "/cancel-generation", "", "X-Api-Key", ANNS_KEY)
        .isProblem(404, "project-not-found");
  }

  @Test
  void withoutARunningGenerationThereIsNothingToCancel() {
    post(created("Idle", 1) + "/cancel-generation", "").isProblem(409, "state-conflict");
  }
}
