package io.kombine.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CancelIT extends SystemTest {

  @Test
  void afterTheAnswerNoCallBeginsAndWhatIsFinishedIsKeptDeliveredAndCounted() throws Exception {
    UUID batch =
        submit(
            PipelineOrder.bench(
                "Cancelled half-way",
                "sleep",
                sources(5),
                IntStream.range(0, 5).mapToObj(i -> "prompt " + i).toList(),
                List.of("first", "second", "third")));
    awaitSucceeded(batch, 12);

    JsonNode answer = client.post("/api/batches/" + batch + "/cancel", "", null);
    Instant answered = Instant.now();
    assertThat(answer.path("confirmed").asBoolean()).as("%s", answer).isTrue();

    JsonNode status = awaitEnd(batch);
    Set<UUID> ofBatch = Set.copyOf(stepIds(batch));
    assertThat(
            system.calls().begunAfter(answered).bySteps().keySet().stream()
                .filter(ofBatch::contains))
        .as("steps called after the cancel's answer")
        .isEmpty();

    assertThat(status.path("status").asString()).isEqualTo("CANCELLED");
    JsonNode counts = status.path("counts");
    int succeeded = counts.path("succeeded").asInt();
    assertThat(succeeded).isGreaterThanOrEqualTo(12).isLessThan(100);
    assertThat(succeeded + counts.path("cancelled").asInt() + counts.path("skipped").asInt())
        .as("%s", status)
        .isEqualTo(100);
    assertThat(DeliveredTree.ofFolder(folder(status)).outputs().files()).hasSize(succeeded);
    assertThat(status.path("cost").path("held").decimalValue()).isZero();
    long called = system.calls().bySteps().keySet().stream().filter(ofBatch::contains).count();
    assertThat(called).as("every call that was made is one that succeeded").isEqualTo(succeeded);
  }
}
