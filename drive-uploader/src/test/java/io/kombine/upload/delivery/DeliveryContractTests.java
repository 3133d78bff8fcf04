package io.kombine.upload.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.ContractJson;
import io.kombine.contracts.ContractSamples;
import io.kombine.contracts.DeliverFile;
import io.kombine.contracts.DeliveryEvent;
import io.kombine.contracts.DeliveryState;
import io.kombine.contracts.StatusEvent;
import io.kombine.upload.tree.TreePath;
import io.kombine.worker.WorkerIdentity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DeliveryContractTests {

  private final DeliverFile asked = ContractSamples.read("deliver-file", DeliverFile.class);

  @Test
  void sampleRequestHasAPathThatIsTaken() {
    assertThat(TreePath.of(asked.batchFolder(), asked.path()).text())
        .isEqualTo(
            "Autumn campaign [2026-11-21 07.45.00]/001_astronaut/i2i/"
                + "01_in-warm-morning-light_1.jpg");
  }

  @Test
  void answerToTheSampleRequestIsTheSampleAnswer() {
    DeliveryEvent sample =
        (DeliveryEvent) ContractSamples.read("delivery-event", StatusEvent.class);
    DeliveryEvents events =
        new DeliveryEvents(
            Clock.fixed(Instant.parse("2026-11-21T07:45:03Z"), ZoneOffset.UTC),
            new WorkerIdentity(sample.worker()),
            new SimpleMeterRegistry());
    FileRow row =
        new FileRow(
            asked.batchId(),
            "path",
            "id",
            asked.deliveryId(),
            asked.epoch(),
            DeliveryState.DELIVERED,
            asked.artifact().sha256(),
            List.of(),
            sample.url(),
            sample.folderUrl(),
            null);

    DeliveryEvent answer = Deliveries.answer(events.of(asked, row));

    assertThat(withoutId(ContractJson.mapper().writeValueAsString(answer)))
        .isEqualTo(withoutId(ContractSamples.json("delivery-event")));
  }

  private static JsonNode withoutId(String json) {
    return ContractJson.mapper().readTree(json).asObject().without("eventId");
  }
}
