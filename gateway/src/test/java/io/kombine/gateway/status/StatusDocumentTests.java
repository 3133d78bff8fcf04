package io.kombine.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.ContractJson;
import io.kombine.contracts.StepState;
import io.kombine.gateway.TestBatch;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StatusDocumentTests {

  @Test
  void documentHasTheFieldsOfThePublicContractAndNoOthers() {
    TestBatch batch = new TestBatch(4);
    BatchProjection projection =
        new BatchProjection(
            batch.after(batch.running(1), List.of(batch.step(0, 1, StepState.RUNNING)), 0, 1));
    JsonNode json = ContractJson.mapper().valueToTree(projection.document());
    assertThat(json.propertyNames())
        .containsExactly(
            "batch_id",
            "kind",
            "name",
            "status",
            "created_at",
            "started_at",
            "finished_at",
            "counts",
            "stages",
            "cost",
            "eta",
            "delivery");
    assertThat(json.get("counts").propertyNames())
        .containsExactly(
            "total",
            "waiting",
            "ready",
            "queued",
            "running",
            "retry_wait",
            "awaiting_approval",
            "unknown",
            "succeeded",
            "failed",
            "cancelled",
            "skipped");
    assertThat(json.get("stages").get(0).propertyNames())
        .containsExactly("kind", "total", "succeeded", "failed", "running");
    assertThat(json.get("cost").propertyNames())
        .containsExactly("currency", "quoted", "spent", "held", "to_finish");
    assertThat(json.get("eta").propertyNames()).containsExactly("p50_seconds", "p90_seconds");
    assertThat(json.get("delivery").propertyNames())
        .containsExactly("status", "folder_url", "files");
    assertThat(json.get("kind").asString()).isEqualTo("pipeline");
    assertThat(json.get("finished_at").isNull()).isTrue();
    assertThat(json.get("cost").get("quoted").toString()).isEqualTo("0.612");
    JsonNode snapshot =
        ContractJson.mapper().valueToTree(new StatusSnapshot(projection.document(), List.of()));
    assertThat(snapshot.get("batch_id")).isEqualTo(json.get("batch_id"));
    assertThat(snapshot.get("steps").isArray()).isTrue();
  }
}
