package io.kombine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RestartIT extends SystemTest {

  @Test
  void aBatchThatWasUnderWayWhenAllWasStoppedCompletesAfterTheStart() throws Exception {
    UUID batch = batchUnderWay("Stopped half-way");

    system.stack().stop();
    system.stack().start();

    assertComplete(batch);
    assertThat(system.calls().bySteps())
        .as("an orderly stop lets calls finish: none is made twice")
        .extractingByKeys(stepIds(batch).toArray(UUID[]::new))
        .containsOnly(1L);
  }

  @Test
  void aBatchThatWasUnderWayWhenEveryProcessWasKilledCompletesAfterTheStart() throws Exception {
    UUID batch = batchUnderWay("Killed half-way");

    system.stack().kill();
    system.stack().start();

    assertComplete(batch);
  }

  private UUID batchUnderWay(String name) throws Exception {
    UUID batch =
        submit(
            PipelineOrder.local(
                name, sources(3), List.of("sketch", "in oil"), List.of("zoom in", "pan left")));
    awaitSucceeded(batch, 3);
    await("a call under way")
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .until(() -> system.calls().calls().stream().anyMatch(call -> call.end() == null));
    assertThat(countedBatch(batch).path("status").asString()).isEqualTo("RUNNING");
    return batch;
  }

  private void assertComplete(UUID batch) throws Exception {
    JsonNode status = awaitEnd(batch);
    assertThat(status.path("status").asString()).as("%s", status).isEqualTo("COMPLETED");
    assertThat(status.path("counts").path("succeeded").asInt()).isEqualTo(18);
    assertThat(status.path("cost").path("spent").decimalValue())
        .isEqualByComparingTo(status.path("cost").path("quoted").decimalValue());
    DeliveredTree tree = DeliveredTree.ofFolder(folder(status));
    assertThat(tree.outputs().files()).hasSize(18);
    assertThat(tree.files()).containsKey(DeliveredTree.MANIFEST);
  }
}
