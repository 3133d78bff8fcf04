package io.kombine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kombine.local.client.ProblemException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioSystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Storyboards through the gateway alone. The number of sentences of the long one is {@code
 * kombine.test.sentences}, 12 by default.
 */
class StoryboardIT extends SystemTest {

  private static final int SENTENCES = Integer.getInteger("kombine.test.sentences", 12);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** why of something: what another project has word for word is there already. */
  private final String subject = UUID.randomUUID().toString().substring(0, 8);

  private String sentence(int number) {
    return """
    {"text": "Sentence %1$d speaks of %2$s.", "imagePrompt": "%2$s %1$d in watercolor",
     "cameraMovement": "zoom in", "motionStrength": 0.4}
    """
        .formatted(number, subject);
  }

  private String project(String name, int sentences) throws Exception {
    String body =
        "{\"name\": \"%s\", \"durationSec\": 1, \"resolution\": \"480p\", \"sentences\": [%s]}"
            .formatted(
                name,
                String.join(
                    ",", IntStream.rangeClosed(1, sentences).mapToObj(this::sentence).toList()));
    return "/api/v1/projects/" + client.post("/api/v1/projects", body, null).path("id").asString();
  }

  private JsonNode generate(String project) throws Exception {
    return client.post(project + "/generate-all", "{}", null);
  }

  private static UUID batch(JsonNode begun) {
    return UUID.fromString(begun.path("batchId").asString());
  }

  @Test
  void sentencesBecomeSpeechImagesAndVideosInTheirFolders() throws Exception {
    String project = project("Lighthouse " + UUID.randomUUID(), 3);

    JsonNode begun = generate(project);
    JsonNode status = awaitEnd(batch(begun), LIMIT);

    assertThat(status.path("status").asString()).as("%s", status).isEqualTo("COMPLETED");
    assertThat(status.path("cost").path("spent").decimalValue())
        .isEqualByComparingTo(status.path("cost").path("quoted").decimalValue());
    Path folder = folder(status);
    DeliveredTree tree = DeliveredTree.ofFolder(folder).outputs();
    assertThat(tree.files().keySet())
        .containsExactly(
            IntStream.rangeClosed(1, 3)
                .boxed()
                .flatMap(n ->
                    java.util.stream.Stream.of("audio.wav", "image.jpg", "video.mp4")
                        .map(file ->
                            "00%d_Sentence_%<d_speaks_of_%s/%s".formatted(n, subject, file)))
                .toArray(String[]::new));
    for (JsonNode sentence : client.get(project).path("sentences")) {
      Path own =
          folder.resolve(
              "00%d_Sentence_%<d_speaks_of_%s"
                  .formatted(sentence.path("position").asInt(), subject));
      assertThat(ImageIO.read(own.resolve("image.jpg").toFile())).isNotNull();
      VideoFile video = VideoFile.decode(own.resolve("video.mp4"));
      assertThat(video.codec()).isEqualTo("h264");
      assertThat(video.frames()).isEqualTo(24);
      try (var audio = AudioSystem.getAudioInputStream(own.resolve("audio.wav").toFile())) {
        assertThat(audio.getFrameLength() / (double) audio.getFormat().getFrameRate())
            .isCloseTo(
                sentence.at("/assets/audio/seconds").doubleValue(),
                org.assertj.core.api.Assertions.within(0.001));
      }
      assertThat(sentence.path("dirty").properties())
          .allMatch(each -> !each.getValue().asBoolean());
      Path thumbnail = scratch.resolve("thumbnail-" + sentence.path("position").asInt());
      client.save(sentence.at("/assets/video/thumbnailUrl").asString(), thumbnail);
      assertThat(ImageIO.read(thumbnail.toFile()).getWidth()).isLessThanOrEqualTo(128);
    }
  }

  @Test
  void aLongStoryboardRunsInStageOrderAndAnEditedSentenceMakesExactlyItsOwn() throws Exception {
    String project = project("Long " + UUID.randomUUID(), SENTENCES);
    Instant before = Instant.now();

    JsonNode begun = generate(project);
    Listener listener = new Listener();
    WebSocket socket = listen(project, listener);
    assertThat(begun.path("jobCounts").toString())
        .isEqualTo("{\"audio\":%d,\"image\":%<d,\"video\":%<d}".formatted(SENTENCES));
    assertThat(begun.path("totalJobs").asInt()).isEqualTo(3 * SENTENCES);
    JsonNode status = awaitEnd(batch(begun), LIMIT);
    assertThat(status.path("status").asString()).as("%s", status).isEqualTo("COMPLETED");
    System.out.printf(
        "%d sentences: %d jobs in %s%n",
        SENTENCES, 3 * SENTENCES, Duration.between(before, Instant.now()));

    ProviderCalls calls = system.calls().begunAfter(before);
    assertThat(calls.calls()).hasSize(3 * SENTENCES);
    assertStageEndsBefore(calls, "audio", "i2i");
    assertStageEndsBefore(calls, "i2i", "i2v");
    await().atMost(PATIENCE).until(() -> listener.stages().contains("done"));
    // why a part: the first stage may be over when the socket is open
    assertThat(List.of("audio", "images", "videos", "done"))
        .endsWith(listener.stages().toArray(String[]::new));
    assertThat(listener.jobs()).hasSize(3 * SENTENCES).doesNotHaveDuplicates();
    socket.abort();

    String sentence =
        client.get(project).path("sentences").path(SENTENCES / 2).path("id").asString();
    edit(
        project + "/sentences/" + sentence,
        "{\"text\": \"It was edited.\", \"imagePrompt\": \"another scene\"}");
    JsonNode own = generate(project);
    assertThat(own.path("jobCounts").toString()).isEqualTo("{\"audio\":1,\"image\":1,\"video\":1}");
    JsonNode second = awaitEnd(batch(own), LIMIT);
    assertThat(second.path("counts").path("succeeded").asInt()).isEqualTo(3);
    assertThat(DeliveredTree.ofFolder(folder(second)).outputs().files().keySet())
        .allMatch(path -> path.contains("_It_was_edited/"))
        .hasSize(3);

    edit(
        project + "/sentences/" + sentence,
        "{\"text\": \"It was edited.\", \"imagePrompt\": \"another scene\","
            + " \"cameraMovement\": \"pan left\"}");
    assertThat(generate(project).path("jobCounts").toString())
        .isEqualTo("{\"audio\":0,\"image\":0,\"video\":1}");
    await().atMost(LIMIT).until(() -> !client.get(project).at("/generation/running").asBoolean());
    assertThat(generate(project).path("totalJobs").asInt()).isZero();
  }

  @Test
  void aCancelKeepsWhatIsDoneAndASecondGenerationIsRefusedWhileOneRuns() throws Exception {
    String project = project("Cancelled " + UUID.randomUUID(), 8);
    UUID batch = batch(generate(project));
    ProblemException busy = catchThrowableOfType(ProblemException.class, () -> generate(project));
    assertThat(busy.status()).isEqualTo(409);
    assertThat(String.valueOf(busy.problem())).contains(batch.toString());
    awaitSucceeded(batch, 2);

    client.post(project + "/cancel-generation", "", null);
    JsonNode ended = awaitEnd(batch, LIMIT);

    int done = ended.path("counts").path("succeeded").asInt();
    assertThat(ended.path("counts").path("cancelled").asInt()).isPositive();
    assertThat(DeliveredTree.ofFolder(folder(ended)).outputs().files()).hasSize(done);
    JsonNode rest = generate(project);
    assertThat(rest.path("totalJobs").asInt()).isEqualTo(24 - done);
    client.post(project + "/cancel-generation", "", null);
    awaitEnd(batch(rest), LIMIT);
  }

  @Test
  void anIncompleteSentenceAndStagesThatAreNoneMakeNoBatch() throws Exception {
    String complete = project("Complete " + UUID.randomUUID(), 1);
    String incomplete =
        "/api/v1/projects/"
            + client
                .post(
                    "/api/v1/projects",
                    "{\"name\": \"Incomplete\", \"sentences\": [%s, {\"text\": \"Only words.\"}]}"
                        .formatted(sentence(1)),
                    null)
                .path("id")
                .asString();
    Instant before = Instant.now();
    gateway
        .post(incomplete + "/generate-all", "{}")
        .isProblem(422, "storyboard-incomplete", "sentences[1].imagePrompt");
    gateway
        .post(complete + "/generate-all", "{\"stages\": [\"music\"]}")
        .isProblem(400, "invalid-request", "stages[0]");
    gateway
        .post("/api/v1/projects/%s/generate-all".formatted(UUID.randomUUID()), "{}")
        .isProblem(404, "project-not-found");
    assertThat(gateway.get(incomplete).is(200).body().at("/generation/batchId").asString(""))
        .isEmpty();
    assertThat(system.calls().begunAfter(before).calls()).isEmpty();
  }

  private static void assertStageEndsBefore(ProviderCalls calls, String stage, String next) {
    Instant end =
        calls.calls().stream()
            .filter(call -> call.kind().equals(stage))
            .map(ProviderCalls.Call::end)
            .max(java.util.Comparator.naturalOrder())
            .orElseThrow();
    assertThat(calls.calls().stream().filter(call -> call.kind().equals(next)))
        .isNotEmpty()
        .allMatch(call -> !call.begin().isBefore(end));
  }

  private void edit(String path, String body) throws Exception {
    gateway.send("PUT", path, HttpRequest.BodyPublishers.ofString(body)).is(200);
  }

  private WebSocket listen(String project, Listener listener) {
    URI base = system.baseUrl();
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .buildAsync(
            URI.create("ws://" + base.getAuthority() + project.replace("/api/v1/", "/ws/")),
            listener)
        .join();
  }

  /** What a socket says. */
  private static final class Listener implements WebSocket.Listener {

    private final Queue<JsonNode> messages = new ConcurrentLinkedQueue<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        messages.add(JSON.readTree(text.toString()));
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    /** The stages in the order in which they were told, the first as the snapshot has it. */
    List<String> stages() {
      List<String> stages = new ArrayList<>();
      for (JsonNode message : messages) {
        String stage = message.path("stage").asString("");
        if (!stage.isEmpty()
            && Set.of("snapshot", "generation_stage_change")
                .contains(message.path("type").asString())
            && (stages.isEmpty() || !stages.getLast().equals(stage))) {
          stages.add(stage);
        }
      }
      return stages;
    }

    /** Jobs that were complete in a snapshot or told one by one. */
    List<String> jobs() {
      List<String> jobs = new ArrayList<>();
      for (JsonNode message : messages) {
        if (message.path("type").asString().equals("job_complete")) {
          jobs.add(message.path("jobId").asString());
        }
        for (JsonNode step : message.path("steps")) {
          if (step.path("state").asString().equals("SUCCEEDED")) {
            jobs.add(step.path("jobId").asString());
          }
        }
      }
      return jobs;
    }
  }
}
