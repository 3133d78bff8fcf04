package io.kombine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.system.GatewayCalls.Answer;
import java.awt.image.BufferedImage;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ScenesIT extends SystemTest {

  private static final String ROWS =
      """
      SCENE-001 | Modern kitchen with morning light | 2
      SCENE-002 | Cozy living room with fireplace | 3
      SCENE-003 | Home office with plants | 1
      """;

  @Test
  void threeScenesGoFromTextToDryRunToSixThumbnailsToThreeApprovalsToThreeClips() throws Exception {
    JsonNode items =
        gateway
            .send(
                "POST",
                "/batch/images:parse",
                BodyPublishers.ofString(ROWS),
                "Content-Type",
                "text/plain")
            .is(200)
            .body()
            .at("/items");
    int callsBefore = system.calls().calls().size();
    Answer dryRun = gateway.post("/batch/images", images(items, "dry_run")).is(200);
    assertThat(dryRun.body().at("/batch_job/images").size()).isEqualTo(6);
    assertThat(dryRun.body().at("/batch_job/cost/total").decimalValue())
        .isEqualByComparingTo("0.012");
    assertThat(system.calls().calls()).as("a dry run reaches no provider").hasSize(callsBefore);

    String hash = dryRun.text("/batch_job/batch_hash");
    String job =
        gateway
            .post("/batch/images", images(items, "live"), "X-Batch-Hash", hash)
            .is(202)
            .text("/batch_job/id");
    JsonNode made = awaitEnd(UUID.fromString(job));
    assertThat(made.path("status").asString()).isEqualTo("COMPLETED");
    assertThat(made.path("cost").path("spent").decimalValue()).isEqualByComparingTo("0.012");
    Answer status = gateway.get("/status/" + job).is(200);
    assertThat(status.body().at("/progress").asInt()).isEqualTo(100);
    List<JsonNode> images = new ArrayList<>();
    status.body().at("/results").forEach(images::add);
    assertThat(images).hasSize(6);
    for (JsonNode image : images) {
      assertThat(longestSide(image.at("/thumbnail_url").asString())).isEqualTo(128);
    }
    DeliveredTree imageTree = DeliveredTree.ofFolder(folder(made)).outputs();
    assertThat(imageTree.files().keySet())
        .containsExactly(
            "001_SCENE-001/variant_1.jpg",
            "001_SCENE-001/variant_2.jpg",
            "002_SCENE-002/variant_1.jpg",
            "002_SCENE-002/variant_2.jpg",
            "002_SCENE-002/variant_3.jpg",
            "003_SCENE-003/variant_1.jpg");
    assertThat(imageTree.files().values()).as("six different images").doesNotHaveDuplicates();

    String approvals = "/batch/jobs/" + job + "/approvals";
    gateway
        .post(approvals, approve("SCENE-001", images.get(2)))
        .isProblem(422, "image-of-another-scene", "approvals[0].artifact_id");
    gateway.post(approvals, approve("SCENE-001", images.get(0))).is(200);
    gateway.post(approvals, approve("SCENE-001", images.get(1))).is(200);
    gateway.post(approvals, approve("SCENE-002", images.get(4))).is(200);
    Answer approved = gateway.post(approvals, approve("SCENE-003", images.get(5))).is(200);
    assertThat(approved.body().at("/approvals").size()).isEqualTo(3);

    gateway
        .post("/batch/videos", videos(2))
        .isProblem(422, "confirm-count-differs", "confirmCount");
    Answer clips = gateway.post("/batch/videos", videos(3)).is(202);
    assertThat(clips.body().at("/batch_job/videos").size()).isEqualTo(3);
    JsonNode filmed = awaitEnd(UUID.fromString(clips.text("/batch_job/id")));
    assertThat(filmed.path("status").asString()).isEqualTo("COMPLETED");
    Path folder = folder(filmed);
    DeliveredTree videoTree = DeliveredTree.ofFolder(folder).outputs();
    assertThat(videoTree.files().keySet())
        .containsExactly(
            "001_SCENE-001/clip.mp4", "002_SCENE-002/clip.mp4", "003_SCENE-003/clip.mp4");
    for (String file : videoTree.files().keySet()) {
      assertThat(VideoFile.decode(folder.resolve(file)).codec()).isEqualTo("h264");
    }
    assertThat(
            steps(UUID.fromString(clips.text("/batch_job/id"))).stream()
                .map(step -> step.path("prompt").asString()))
        .containsExactly(
            "Modern kitchen with morning light",
            "Cozy living room with fireplace",
            "Home office with plants");
  }

  @Test
  void aLiveCallWithoutItsDryRunIsRefused() throws Exception {
    String rows =
        """
        [{"scene_id": "NEVER-%s", "prompt": "a lamp", "variants": 1}]
        """
            .formatted(UUID.randomUUID());
    String live = "{\"items\": %s, \"runMode\": \"live\"}".formatted(rows);

    gateway.post("/batch/images", live).isProblem(409, "dry-run-required", "X-Batch-Hash");
    gateway
        .post("/batch/images", live, "X-Batch-Hash", "0".repeat(64))
        .isProblem(409, "dry-run-required", "X-Batch-Hash");
    gateway
        .post("/batch/images", live.replace(": 1}", ": 4}"))
        .isProblem(400, "invalid-request", "items[0].variants");
    gateway
        .post("/batch/videos", videos(3).replace("SCENE-00", "NONE-00"))
        .isProblem(
            422, "not-approved", "items[0].scene_id", "items[1].scene_id", "items[2].scene_id");
  }

  @Test
  void anImagePutToASignedAddressIsAReference() throws Exception {
    Path picture = TestPictures.paint(scratch.resolve("reference"), 1).getFirst();
    Answer signed =
        gateway
            .post("/signed-upload", "{\"file_name\": \"a.png\", \"content_type\": \"image/png\"}")
            .is(200);
    Answer put =
        gateway
            .send(
                "PUT",
                signed.text("/upload_url"),
                BodyPublishers.ofFile(picture),
                "Content-Type",
                "image/png")
            .is(200);
    String items =
        """
        [{"scene_id": "REF", "prompt": "in winter", "variants": 1, "reference_images": ["%s"]}]
        """
            .formatted(put.text("/url"));
    String body = "{\"items\": %s, \"runMode\": \"dry_run\"}".formatted(items);
    String hash = gateway.post("/batch/images", body).is(200).text("/batch_job/batch_hash");

    Answer live =
        gateway
            .post("/batch/images", body.replace("dry_run", "live"), "X-Batch-Hash", hash)
            .is(202);

    JsonNode made = awaitEnd(UUID.fromString(live.text("/batch_job/id")));
    assertThat(made.path("status").asString()).isEqualTo("COMPLETED");
    Path image = folder(made).resolve("001_REF").resolve("variant_1.jpg");
    BufferedImage decoded = ImageIO.read(image.toFile());
    assertThat((double) decoded.getWidth() / decoded.getHeight())
        .as("the reference's shape")
        .isEqualTo(320 / 240.0);
    gateway
        .send(
            "PUT",
            signed.text("/upload_url") + "x",
            BodyPublishers.ofFile(picture),
            "Content-Type",
            "image/png")
        .isProblem(401, "unauthorized", "signature");
  }

  private int longestSide(String url) throws Exception {
    Path file = scratch.resolve(UUID.randomUUID() + ".jpg");
    client.save(url, file);
    BufferedImage image = ImageIO.read(file.toFile());
    Files.delete(file);
    return Math.max(image.getWidth(), image.getHeight());
  }

  private static String images(JsonNode items, String runMode) {
    return "{\"items\": %s, \"runMode\": \"%s\"}".formatted(items, runMode);
  }

  private static String approve(String sceneId, JsonNode image) {
    return "{\"approvals\": [{\"scene_id\": \"%s\", \"artifact_id\": \"%s\"}]}"
        .formatted(sceneId, image.at("/artifact_id").asString());
  }

  private static String videos(int confirmCount) {
    return """
    {"items": [{"scene_id": "SCENE-001"}, {"scene_id": "SCENE-002"}, {"scene_id": "SCENE-003"}],
     "runMode": "live", "confirmCount": %d}
    """
        .formatted(confirmCount);
  }
}
