package io.kombine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kombine.local.client.ProblemException;
import io.kombine.local.client.Watch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SlideshowIT extends SystemTest {

  private static final int LINKS_AT_ONCE = 5;

  @Override
  protected SystemSetup setup() {
    String faults = "kombine.providers.local.fail-prompts-containing[0].";
    return Systems.usual()
        .withWorkers(faults + "pattern", "\\[fail\\]")
        .withWorkers(faults + "outcome", "policy");
  }

  @Test
  void pastedLinksBecomeATreeOfAnalysesAndSlides() throws Exception {
    List<String> pictures = sources(3);
    SlideshowOrder order = SlideshowOrder.local("Mugs", 7, pictures.subList(0, 2), pictures.get(2));
    JsonNode parsed =
        client.post(
            "/api/batch/links:parse",
            JsonMapper.shared().createObjectNode().put("text", order.pasted()).toString(),
            null);
    assertThat(parsed.path("valid")).hasSize(7);
    JsonNode estimate = client.post("/api/batch/estimate", order.json(), null);
    assertThat(estimate.path("counts").path("total_steps").asInt()).isEqualTo(order.steps());

    JsonNode submitted = client.post("/api/batch", order.json(), null);
    UUID batch = UUID.fromString(submitted.path("batch_id").asString());
    assertThat(submitted.path("status").asString()).isIn("PLANNING", "QUEUED", "RUNNING");
    int[] percent = {0};
    Set<Integer> inProgress = new HashSet<>();
    await("end of " + batch)
        .atMost(PATIENCE.multipliedBy(3))
        .pollInterval(POLL)
        .until(
            () -> {
              JsonNode seen = client.get("/api/batch/" + batch + "/status");
              assertThat(sum(seen)).as("%s", seen).isEqualTo(seen.path("total").asInt());
              assertThat(seen.path("percent").asInt()).isGreaterThanOrEqualTo(percent[0]);
              percent[0] = seen.path("percent").asInt();
              inProgress.add(linksInProgress(seen));
              return seen;
            },
            Watch::hasEnded);

    JsonNode seen = client.get("/api/batch/" + batch + "/status");
    assertThat(seen.path("status").asString()).as("%s", seen).isEqualTo("COMPLETED");
    assertThat(seen.path("completed").asInt()).isEqualTo(order.steps());
    assertThat(seen.path("percent").asInt()).isEqualTo(100);
    assertThat(seen.path("recent_activity")).isNotEmpty();
    assertThat(seen.path("links").path(6).path("status").asString()).isEqualTo("completed");
    assertThat(inProgress).allMatch(links -> links <= LINKS_AT_ONCE);
    JsonNode status = countedBatch(batch);
    assertThat(status.path("cost").path("spent").decimalValue())
        .isEqualByComparingTo(estimate.path("cost").path("total").decimalValue());
    assertThat(seen.path("drive_folder_url").asString())
        .isEqualTo(status.path("delivery").path("folder_url").asString());
    assertTree(order, folder(status));
  }

  @Test
  void badListsAndBodiesAreRefusedAndMakeNoBatch() throws Exception {
    List<String> pictures = sources(2);
    SlideshowOrder order =
        SlideshowOrder.local("Bad", 101, pictures.subList(0, 1), pictures.get(1));
    int before = client.get("/api/batches?kind=slideshow").path("batches").size();

    assertRefused("/api/batch", order.json(), "links");
    assertRefused(
        "/api/batch/links:parse",
        JsonMapper.shared().createObjectNode().put("text", order.pasted()).toString(),
        "text");
    String one = SlideshowOrder.local("Bad", 1, pictures.subList(0, 1), pictures.get(1)).json();
    assertRefused(
        "/api/batch",
        one.replace("\"photo_variations\":3", "\"photo_variations\":11"),
        "photo_variations");
    assertRefused(
        "/api/batch",
        one.replace("\"text_variations\":2", "\"text_variations\":0"),
        "text_variations");
    assertRefused(
        "/api/batch", one.replace("\"name\"", "\"jpeg_quality\":84,\"name\""), "jpeg_quality");
    assertRefused(
        "/api/batch",
        one.replaceFirst("\"product_photo\":\"[^\"]*\",", ""),
        "links[0].product_photo");

    assertThat(client.get("/api/batches?kind=slideshow").path("batches").size()).isEqualTo(before);
  }

  @Test
  void whatFailedIsRetriedByLink() throws Exception {
    List<String> pictures = sources(2);
    SlideshowOrder order =
        SlideshowOrder.local("Failing", 2, pictures.subList(0, 1), pictures.get(1));
    String failing = order.json().replace("A hand-made mug", "[fail] A mug");
    UUID batch =
        UUID.fromString(client.post("/api/batch", failing, null).path("batch_id").asString());
    JsonNode status = awaitEnd(batch, PATIENCE);
    assertThat(status.path("status").asString()).isEqualTo("FAILED");
    JsonNode seen = client.get("/api/batch/" + batch + "/status");
    assertThat(seen.path("links").path(0).path("status").asString()).isEqualTo("failed");

    JsonNode retried =
        client.post("/api/batch/" + batch + "/retry-failed", "{\"links\":[2]}", null);

    assertThat(retried.path("steps").asInt()).isEqualTo(order.steps() / 2);
    awaitEnd(batch, PATIENCE);
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class,
            () -> client.post("/api/batch/" + batch + "/retry-failed", "{\"links\":[3]}", null));
    assertThat(problem.status()).isEqualTo(400);
  }

  private void assertTree(SlideshowOrder order, Path folder) throws Exception {
    assertThat(folder.getFileName().toString()).startsWith("TikTok Batch [");
    DeliveredTree tree = DeliveredTree.ofFolder(folder);
    assertThat(tree.outputs().files().keySet()).isEqualTo(order.tree());
    List<String> analyses = new ArrayList<>();
    for (String path : order.tree()) {
      Path file = folder.resolve(path);
      if (path.endsWith(".json")) {
        String json = Files.readString(file);
        assertThat(JsonMapper.shared().readTree(json).isObject()).as(path).isTrue();
        if (path.startsWith("Link_001")) {
          analyses.add(json);
        }
      } else {
        assertThat(ImageIO.read(file.toFile())).as(path).isNotNull();
      }
    }
    assertThat(analyses).as("each variation has its own").hasSize(6).doesNotHaveDuplicates();
  }

  private static int sum(JsonNode seen) {
    return List.of("completed", "failed", "cancelled", "in_progress", "remaining").stream()
        .mapToInt(name -> seen.path(name).asInt())
        .sum();
  }

  private static int linksInProgress(JsonNode seen) {
    int links = 0;
    for (JsonNode link : seen.path("links")) {
      links += link.path("status").asString().equals("in_progress") ? 1 : 0;
    }
    return links;
  }

  private void assertRefused(String path, String body, String field) {
    ProblemException problem =
        catchThrowableOfType(ProblemException.class, () -> client.post(path, body, null));
    assertThat(problem).as(body).isNotNull();
    assertThat(problem.status()).as("%s", problem.problem()).isEqualTo(400);
    assertThat(String.valueOf(problem.problem())).contains("\"" + field + "\"");
  }
}
