package io.kombine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.local.client.KombineClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PipelineIT extends SystemTest {

  @Test
  void threeSourcesTimesTwoTimesTwoAreSixImagesAndTwelveVideosThatDecodeAtTheQuotedCost()
      throws Exception {
    PipelineOrder order =
        PipelineOrder.local(
            "Whole pipeline",
            sources(3),
            List.of("a watercolor painting", "at night"),
            List.of("slow zoom in", "pan left"));
    JsonNode estimate = client.estimate(order.json());

    UUID batch = submit(order);
    JsonNode status = awaitEnd(batch);

    assertThat(status.path("status").asString()).isEqualTo("COMPLETED");
    assertThat(status.path("cost").path("spent").decimalValue())
        .isEqualByComparingTo(estimate.path("cost").path("total").decimalValue())
        .isEqualByComparingTo(status.path("cost").path("quoted").decimalValue());
    JsonNode totals = client.get("/api/pipelines/" + batch).path("totals");
    assertThat(totals.path("i2i_generated").asInt()).isEqualTo(6);
    assertThat(totals.path("i2v_generated").asInt()).isEqualTo(12);

    Path folder = folder(status);
    DeliveredTree tree = DeliveredTree.ofFolder(folder);
    assertThat(tree.outputs().files()).hasSize(18);
    assertMediaDecode(folder, tree);
    assertManifestTellsTheTree(folder, tree);
    assertThat(zip(client, "/api/batches/" + batch + "/download")).isEqualTo(tree);
    for (int group = 0; group < 3; group++) {
      assertThat(zip(client, "/api/batches/%s/groups/%d/download".formatted(batch, group)).files())
          .hasSize(6);
    }
  }

  private static void assertMediaDecode(Path folder, DeliveredTree tree) throws Exception {
    int images = 0;
    int videos = 0;
    for (String path : tree.outputs().files().keySet()) {
      Path file = folder.resolve(path);
      if (path.endsWith(".mp4")) {
        VideoFile video = VideoFile.decode(file);
        assertThat(video.codec()).isEqualTo("h264");
        assertThat(video.heightPx()).isEqualTo(480);
        assertThat(video.frames()).isEqualTo(24);
        videos++;
      } else {
        assertThat(ImageIO.read(file.toFile())).as(path).isNotNull();
        images++;
      }
    }
    assertThat(images).isEqualTo(6);
    assertThat(videos).isEqualTo(12);
  }

  private static void assertManifestTellsTheTree(Path folder, DeliveredTree tree) throws Exception {
    JsonNode manifest =
        JsonMapper.builder().build().readTree(Files.readString(folder.resolve("manifest.json")));
    Map<String, String> told = new TreeMap<>();
    for (JsonNode step : manifest.path("steps")) {
      for (JsonNode output : step.path("outputs")) {
        told.put(output.path("path").asString(), output.path("sha256").asString());
      }
    }
    assertThat(told).isEqualTo(tree.outputs().files());
  }

  private DeliveredTree zip(KombineClient client, String path) throws Exception {
    Path zip = scratch.resolve(UUID.randomUUID() + ".zip");
    client.save(path, zip);
    return DeliveredTree.ofZip(zip);
  }
}
