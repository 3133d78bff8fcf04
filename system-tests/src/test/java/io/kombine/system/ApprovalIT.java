package io.kombine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A pipeline of two sources and two videos an image, whose images are looked at first. */
class ApprovalIT extends SystemTest {

  @Test
  void approvedImagesGetTheirVideosAndRejectedOnesCostNothingMore() throws Exception {
    Instant before = Instant.now();
    PipelineOrder order =
        PipelineOrder.local(
            "Held", sources(2), List.of("approval " + UUID.randomUUID()), List.of("in", "out"));
    UUID batch =
        UUID.fromString(
            gateway
                .post(
                    "/api/pipelines/bulk",
                    order.json().replaceFirst("\\{", "{\"approval\": true, "))
                .is(202)
                .text("/batch_id"));
    JsonNode held =
        await()
            .atMost(PATIENCE)
            .pollInterval(POLL)
            .until(
                () -> countedBatch(batch),
                status -> status.at("/counts/awaiting_approval").asInt() == 4);
    assertThat(held.path("status").asString()).isEqualTo("WAITING_FOR_DECISION");
    assertThat(held.at("/cost/held").decimalValue()).as("what waits holds no money").isZero();
    assertThat(system.calls().begunAfter(before).of("i2v").calls()).isEmpty();

    String approvals = "/api/batches/%s/approvals".formatted(batch);
    UUID first = stepIds(batch).getFirst();
    gateway
        .post(
            approvals,
            "{\"decision\": \"approve\", \"outputs\": [{\"step_id\": \"%s\", \"index\": 0}]}"
                .formatted(first))
        .is(200);
    awaitSucceeded(batch, 4);
    assertThat(countedBatch(batch).at("/counts/awaiting_approval").asInt()).isEqualTo(2);
    gateway.post(approvals, "{\"decision\": \"reject\", \"groups\": [1]}").is(200);

    JsonNode ended = awaitEnd(batch);
    assertThat(ended.path("status").asString()).isEqualTo("COMPLETED");
    assertThat(ended.at("/counts/skipped").asInt()).isEqualTo(2);
    assertThat(ended.at("/cost/held").decimalValue()).isZero();
    assertThat(ended.at("/cost/to_finish").decimalValue()).isZero();
    assertThat(DeliveredTree.ofFolder(folder(ended)).outputs().files().keySet())
        .hasSize(4)
        .filteredOn(path -> path.endsWith(".mp4"))
        .hasSize(2);
    gateway
        .post(approvals, "{\"decision\": \"perhaps\", \"groups\": [1]}")
        .isProblem(400, "invalid-request", "decision");
  }
}
