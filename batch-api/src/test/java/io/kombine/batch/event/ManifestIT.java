package io.kombine.batch.event;

import static io.kombine.batch.event.Scenario.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.batch.control.BatchControlService;
import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.BatchStatus;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.DeliveryState;
import io.kombine.contracts.StepState;
import io.kombine.worker.artifact.ArtifactStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class ManifestIT extends SettlementTest {

  @Autowired Scenario scenario;
  @Autowired BatchControlService control;
  @Autowired ArtifactStore artifacts;
  @Autowired JdbcClient jdbc;

  @Test
  void manifestTellsLineageCostAndPlaceOfEachStep() throws IOException {
    UUID batchId = scenario.batch(1, 2);
    scenario.admit(batchId, true);
    scenario.tell(
        event(batchId, scenario.step(batchId, 0), 1, StepState.SUCCEEDED, "0.002"),
        event(batchId, scenario.step(batchId, 1), 1, StepState.SUCCEEDED, "0.003"),
        event(batchId, scenario.step(batchId, 2), 1, StepState.FAILED));
    UUID image = scenario.deliveryOf(scenario.step(batchId, 0));
    scenario.tell(scenario.delivery(batchId, image, 1, DeliveryState.DELIVERED));
    Awaitility.await()
        .during(Duration.ofMillis(700))
        .until(() -> scenario.row(batchId).manifestEpoch() == 0);
    scenario.tell(
        scenario.delivery(
            batchId, scenario.deliveryOf(scenario.step(batchId, 1)), 1, DeliveryState.DELIVERED));
    awaitManifest(batchId);

    JsonNode manifest = manifest(batchId);
    JsonNode steps = manifest.get("steps");
    assertThat(steps).hasSize(3);
    assertThat(manifest.at("/batch/cost/spent").decimalValue()).isEqualByComparingTo("0.005");
    assertThat(manifest.at("/batch/steps/failed").intValue()).isEqualTo(1);
    assertThat(steps.at("/0/outputs/0/path").stringValue()).isEqualTo("one/file-0");
    assertThat(steps.at("/0/outputs/0/delivery").stringValue()).isEqualTo("DELIVERED");
    assertThat(steps.at("/1/parent_step_id")).isEqualTo(steps.at("/0/step_id"));
    assertThat(steps.at("/1/inputs/0/sha256")).isEqualTo(steps.at("/0/outputs/0/sha256"));
    assertThat(steps.at("/1/prompt").stringValue()).isEqualTo("a prompt");
    assertThat(steps.at("/2/state").stringValue()).isEqualTo("FAILED");
    assertThat(steps.at("/2/error/code").stringValue()).isEqualTo("input");
    scenario.booksAgree(batchId);
  }

  @Test
  void manifestIsWrittenOnceAndEndsTheBatch() {
    UUID batchId = scenario.batch(1, 0);
    scenario.admit(batchId, false);
    scenario.tell(event(batchId, scenario.step(batchId, 0), 1, StepState.SUCCEEDED, "0.002"));
    UUID file = scenario.deliveryOf(scenario.step(batchId, 0));
    scenario.tell(scenario.delivery(batchId, file, 1, DeliveryState.DELIVERED));
    awaitManifest(batchId);
    assertThat(scenario.row(batchId).status()).isEqualTo(BatchStatus.RUNNING);
    Awaitility.await()
        .during(Duration.ofSeconds(1))
        .until(() -> scenario.row(batchId).manifestEpoch() == 1);

    var ended =
        scenario.delivery(batchId, scenario.manifestOf(batchId), 1, DeliveryState.DELIVERED);
    scenario.tell(ended, ended);
    assertThat(scenario.row(batchId).status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(scenario.row(batchId).files()).isEqualTo(2);
    assertThat(scenario.row(batchId).filesDelivered()).isEqualTo(2);
    assertThat(scenario.row(batchId).folderUrl()).isEqualTo("file:///folder");
    scenario.booksAgree(batchId);
  }

  @Test
  void batchWithoutAnyOutputStillGetsItsManifest() throws IOException {
    UUID batchId = scenario.batch(1, 1);
    control.cancel(batchId);
    awaitManifest(batchId);
    assertThat(manifest(batchId).at("/batch/cancelled").booleanValue()).isTrue();
    scenario.tell(
        scenario.delivery(batchId, scenario.manifestOf(batchId), 1, DeliveryState.FAILED));
    assertThat(scenario.row(batchId).status()).isEqualTo(BatchStatus.CANCELLED);
    assertThat(scenario.row(batchId).finishedAt()).isNotNull();
  }

  @Test
  void paidResultAfterTheEndReopensTheBatchForANewManifest() {
    UUID batchId = scenario.batch(1, 0);
    scenario.admit(batchId, false);
    scenario.tell(event(batchId, scenario.step(batchId, 0), 1, StepState.FAILED));
    awaitManifest(batchId);
    UUID manifest = scenario.manifestOf(batchId);
    scenario.tell(scenario.delivery(batchId, manifest, 1, DeliveryState.DELIVERED));
    assertThat(scenario.row(batchId).status()).isEqualTo(BatchStatus.FAILED);

    scenario.tell(event(batchId, scenario.step(batchId, 0), 1, StepState.SUCCEEDED, "0.002"));
    assertThat(scenario.row(batchId).finishedAt()).isNull();
    UUID file = scenario.deliveryOf(scenario.step(batchId, 0));
    scenario.tell(scenario.delivery(batchId, file, 1, DeliveryState.DELIVERED));
    Awaitility.await().until(() -> scenario.row(batchId).manifestEpoch() == 2);
    scenario.tell(scenario.delivery(batchId, manifest, 2, DeliveryState.DELIVERED));
    assertThat(scenario.row(batchId).status()).isEqualTo(BatchStatus.COMPLETED);
    scenario.booksAgree(batchId);
  }

  private void awaitManifest(UUID batchId) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> scenario.row(batchId).manifestEpoch() == 1);
  }

  private JsonNode manifest(UUID batchId) throws IOException {
    ArtifactRef artifact =
        jdbc.sql("SELECT artifact FROM deliveries WHERE batch_id = ? AND manifest")
            .param(batchId)
            .query((row, n) ->
                ContractJson.mapper().readValue(row.getString("artifact"), ArtifactRef.class))
            .single();
    try (InputStream in = artifacts.open(artifact.sha256())) {
      return ContractJson.mapper().readTree(in);
    }
  }
}
