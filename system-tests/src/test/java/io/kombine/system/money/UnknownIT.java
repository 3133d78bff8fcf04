package io.kombine.system.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kombine.local.process.StackProcess;
import io.kombine.system.SystemSetup;
import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.fault.FaultKind;
import io.kombine.system.simulator.fault.FaultRule;
import io.kombine.system.simulator.invoice.InvoiceLine;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** OpenAI takes an image and bills it, and the connection drops before its answer. */
class UnknownIT extends OpenAiTest {

  @Override
  protected SystemSetup setup() {
    return openAi(SystemSetup.plain());
  }

  @Test
  void retryPaysASecondTimeByDecisionAndCompletesTheBatch() throws Exception {
    UUID batch = submit(order("Unknown, retried", 1, List.of("a straw hat", "at night")));
    JsonNode held = heldStep(batch);
    String step = held.path("step_id").asString();
    String path = "/api/batches/" + batch + "/steps/" + step + "/decision";

    client.post(path, "{\"decision\":\"retry\"}", null);
    JsonNode status = awaitEnd(batch);

    assertThat(status.path("status").asString()).as("%s", status).isEqualTo("COMPLETED");
    assertThat(status.path("counts").path("succeeded").asInt()).isEqualTo(4);
    assertThat(billed(step)).hasSize(2);
    List<JsonNode> charges = charges(batch, step);
    assertThat(charges).hasSize(2);
    assertThat(charges.getFirst().path("outcome").asString()).isEqualTo("UNKNOWN");
    assertThat(charges.getFirst().path("cost").isNull()).isTrue();
    assertThat(charges.getLast().path("outcome").asString()).isEqualTo("SUCCEEDED");
    assertThat(charges.getLast().path("cost").decimalValue())
        .isEqualByComparingTo(billed(step).getLast().amount());
  }

  @Test
  void givingUpEndsTheStepAndLeavesAChargeThatNobodyKnows() throws Exception {
    UUID batch = submit(order("Unknown, given up", 1, List.of("a straw hat", "at night")));
    JsonNode held = heldStep(batch);
    String step = held.path("step_id").asString();
    String path = "/api/batches/" + batch + "/steps/" + step + "/decision";

    client.post(path, "{\"decision\":\"give_up\"}", null);
    JsonNode status = awaitEnd(batch);

    assertThat(status.path("status").asString())
        .as("%s", status)
        .isEqualTo("COMPLETED_WITH_FAILURES");
    assertThat(step(batch, step).path("state").asString()).isEqualTo("FAILED");
    assertThat(step(batch, step).has("decisions")).isFalse();
    assertThat(status.path("counts").path("skipped").asInt()).as("its video").isOne();
    assertThat(status.path("counts").path("succeeded").asInt()).isEqualTo(2);
    assertThat(billed(step)).hasSize(1);
    assertThat(charges(batch, step))
        .singleElement()
        .satisfies(charge -> assertThat(charge.path("cost").isNull()).isTrue());
    assertThat(status.path("cost").path("held").decimalValue()).isZero();
  }

  /** The batch's only step that waits for a decision, through the death of its worker too. */
  private JsonNode heldStep(UUID batch) throws Exception {
    JsonNode status =
        await("a batch with nothing left but a decision")
            .atMost(PATIENCE)
            .pollInterval(POLL)
            .until(
                () -> countedBatch(batch),
                // why the count: a granted video that its worker has yet to begin waits, too
                each ->
                    each.path("status").asString().equals("WAITING_FOR_DECISION")
                        && each.path("counts").path("succeeded").asInt() == 2);
    assertThat(status.path("counts").path("unknown").asInt()).isOne();
    assertThat(status.path("counts").path("waiting").asInt()).as("its video").isOne();
    assertThat(status.path("counts").path("succeeded").asInt()).isEqualTo(2);
    JsonNode held = unknown(batch);
    assertThat(held.path("error").path("code").asString()).isEqualTo("ambiguous");
    assertThat(held.path("decisions").valueStream().map(JsonNode::asString))
        .containsExactly("retry", "give_up");
    assertThat(held.has("cost")).isFalse();

    StackProcess worker = system.stack().process("i2i-worker");
    worker.kill();
    worker.start();
    worker.awaitReady();
    UUID next = submit(order("After the worker's death", 1, List.of("in oil")));
    awaitEnd(next);

    assertThat(unknown(batch).path("step_id")).isEqualTo(held.path("step_id"));
    assertThat(billed(held.path("step_id").asString())).as("not called again").hasSize(1);
    return held;
  }

  /** A hat is billed, and its answer lost, once. */
  @Override
  protected void script() {
    simulator()
        .faults()
        .put(
            FaultRule.of(Vendor.OPENAI, FaultKind.DROP_AFTER)
                .on("images.edit")
                .prompt("hat")
                .times(1));
  }

  private JsonNode unknown(UUID batch) throws Exception {
    List<JsonNode> unknown =
        steps(batch).stream()
            .filter(step -> step.path("state").asString().equals("UNKNOWN"))
            .toList();
    assertThat(unknown).hasSize(1);
    return unknown.getFirst();
  }

  private JsonNode step(UUID batch, String id) throws Exception {
    return steps(batch).stream()
        .filter(step -> step.path("step_id").asString().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private List<InvoiceLine> billed(String step) {
    return simulator().invoice().lines().stream()
        .filter(line -> step.equals(line.stepId()))
        .toList();
  }

  private List<JsonNode> charges(UUID batch, String step) throws Exception {
    return client
        .get("/api/batches/" + batch + "/ledger")
        .path("entries")
        .valueStream()
        .filter(charge -> charge.path("step_id").asString().equals(step))
        .toList();
  }
}
