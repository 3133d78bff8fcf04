package io.kombine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kombine.local.client.KombineClient;
import io.kombine.local.client.Watch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GatewayIT extends SystemTest {

  @Test
  void twoGatewaysTellTheSameOfABatchAndItsCountsOnlyMoveForward() throws Exception {
    UUID batch = submit(order("Two gateways", sources(3)));

    try (KombineClient other = system.client("gateway-2")) {
      List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
      await("both to see the end")
          .atMost(PATIENCE)
          .pollInterval(POLL)
          .until(() -> {
            JsonNode one = countedBatch(batch);
            JsonNode two = other.batch(batch);
            assertCountsAddUp(two);
            seen.add(one.path("counts").path("succeeded").asInt());
            return Watch.hasEnded(one) && Watch.hasEnded(two);
          });
      assertThat(seen).isSorted();
      assertThat(other.batch(batch)).isEqualTo(client.batch(batch));
    }
  }

  @Test
  void aStreamGoesOnWithAnotherGatewayAndAfterARestart() throws Exception {
    UUID batch = submit(order("Gateway restarts", sources(3)));
    String lastId = client.follow(batch, null, (name, data) -> succeeded(data) < 4);

    system.stack().restart("gateway-1");
    lastId = client.follow(batch, lastId, (name, data) -> succeeded(data) < 8);
    List<JsonNode> rest = new ArrayList<>();
    try (KombineClient other = system.client("gateway-2")) {
      other.follow(
          batch,
          lastId,
          (name, data) -> {
            rest.add(data);
            return !Watch.hasEnded(data);
          });
    }

    assertThat(rest).isNotEmpty();
    assertThat(rest.getLast().path("counts").path("succeeded").asInt()).isEqualTo(18);
    assertThat(awaitEnd(batch).path("status").asString()).isEqualTo("COMPLETED");
  }

  private static int succeeded(JsonNode event) {
    return event.path("counts").path("succeeded").asInt();
  }

  private static PipelineOrder order(String name, List<String> sources) {
    return PipelineOrder.bench(
        name, "sleep", sources, List.of("one", "two"), List.of("first", "second"));
  }
}
