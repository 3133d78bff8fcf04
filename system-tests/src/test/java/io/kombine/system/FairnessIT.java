package io.kombine.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FairnessIT extends SystemTest {

  private static final int MOST_TIMES_LONGER = 3;

  @Test
  void aBatchOfEighteenBesideOneOfSixThousandTakesAtMostThreeTimesItsTimeAlone() throws Exception {
    List<String> sources = sources(10);
    assertThat(small("Warm-up", sources)).isPositive();
    Duration alone = small("Alone", sources);

    PipelineOrder huge =
        PipelineOrder.bench("Huge", "sleep", sources, prompts("image", 6), prompts("video", 9))
            .imagesPerPrompt(10);
    assertThat(huge.steps()).isEqualTo(6_000);
    UUID running = submit(huge);
    awaitSucceeded(running, 20);
    Duration beside = small("Beside", sources);

    JsonNode status = countedBatch(running);
    assertThat(status.path("counts").path("succeeded").asInt()).isLessThan(3_000);
    client.post("/api/batches/" + running + "/cancel", "", null);
    assertThat(awaitEnd(running).path("status").asString()).isEqualTo("CANCELLED");
    System.out.printf("18 steps took %s alone and %s beside 6,000%n", alone, beside);
    assertThat(beside).isLessThan(alone.multipliedBy(MOST_TIMES_LONGER));
  }

  /** The time from the submit of 18 steps to their delivery. */
  private Duration small(String name, List<String> sources) throws Exception {
    long begin = System.nanoTime();
    UUID batch =
        submit(
            PipelineOrder.bench(
                name, "sleep", sources.subList(0, 3), prompts("image", 2), prompts("video", 2)));
    assertThat(awaitEnd(batch).path("status").asString()).isEqualTo("COMPLETED");
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static List<String> prompts(String word, int count) {
    return IntStream.range(0, count).mapToObj(i -> word + " " + i).toList();
  }
}
