package io.kombine.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FailureIT extends SystemTest {

  private static final List<String> WORKERS = List.of("i2i-worker", "i2v-worker");

  /** The plan's order is depth first: an image, its two videos, the next image, … */
  private static final int THIRD_IMAGE = 6;

  private static final int VIDEO_OF_THE_SECOND_IMAGE = 4;

  @Override
  protected SystemSetup setup() {
    return Systems.usual();
  }

  private SystemSetup withFaults() {
    String faults = "kombine.providers.local.fail-prompts-containing[0].";
    return setup()
        .withWorkers(faults + "pattern", "\\[fail\\]")
        .withWorkers(faults + "outcome", "policy")
        .with("i2i-worker", faults + "ordinal", Integer.toString(THIRD_IMAGE))
        .with("i2v-worker", faults + "ordinal", Integer.toString(VIDEO_OF_THE_SECOND_IMAGE));
  }

  @AfterEach
  void healWorkers() {
    system.restartWith(setup(), WORKERS);
  }

  @Test
  void aFailedCombinationLeavesTheOthersDoneAndRetryFailedRunsNothingElseAgain() throws Exception {
    system.restartWith(withFaults(), WORKERS);
    List<String> sources = sources(3);
    UUID failedVideo = submit(order("A video fails", sources, "sketch", "zoom [fail]"));
    UUID failedImage = submit(order("An image fails", sources, "sketch [fail]", "zoom"));

    assertEndedWith(awaitEnd(failedVideo), "COMPLETED_WITH_FAILURES", 17, 1, 0);
    assertEndedWith(awaitEnd(failedImage), "COMPLETED_WITH_FAILURES", 15, 1, 2);
    Set<UUID> unfinished = unfinished(failedVideo);
    unfinished.addAll(unfinished(failedImage));
    assertThat(unfinished).hasSize(4);

    system.restartWith(setup(), WORKERS);
    Instant retried = Instant.now();
    client.post("/api/batches/" + failedVideo + "/retry-failed", "", null);
    client.post("/api/batches/" + failedImage + "/retry-failed", "", null);

    for (UUID batch : List.of(failedVideo, failedImage)) {
      JsonNode status = awaitEnd(batch);
      assertEndedWith(status, "COMPLETED", 18, 0, 0);
      assertThat(status.path("cost").path("spent").decimalValue())
          .isEqualByComparingTo(status.path("cost").path("quoted").decimalValue());
      assertThat(DeliveredTree.ofFolder(folder(status)).outputs().files()).hasSize(18);
    }
    assertThat(system.calls().begunAfter(retried).bySteps())
        .as("steps called after retry-failed")
        .containsOnlyKeys(unfinished);
  }

  private static PipelineOrder order(
      String name, List<String> sources, String imagePrompt, String videoPrompt) {
    return PipelineOrder.local(
        name, sources, List.of(imagePrompt, "in oil"), List.of(videoPrompt, "pan left"));
  }

  private Set<UUID> unfinished(UUID batch) throws Exception {
    return steps(batch).stream()
        .filter(step -> !step.path("state").asString().equalsIgnoreCase("succeeded"))
        .map(step -> UUID.fromString(step.path("step_id").asString()))
        .collect(Collectors.toSet());
  }

  private static void assertEndedWith(
      JsonNode status, String expected, int succeeded, int failed, int skipped) {
    assertThat(status.path("status").asString()).as("%s", status).isEqualTo(expected);
    JsonNode counts = status.path("counts");
    assertThat(counts.path("succeeded").asInt()).as("%s", status).isEqualTo(succeeded);
    assertThat(counts.path("failed").asInt()).isEqualTo(failed);
    assertThat(counts.path("skipped").asInt()).isEqualTo(skipped);
  }
}
