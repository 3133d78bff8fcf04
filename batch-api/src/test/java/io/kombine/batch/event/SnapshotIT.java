package io.kombine.batch.event;

import static io.kombine.batch.event.Scenario.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.batch.model.BatchRow;
import io.kombine.contracts.BatchSnapshot;
import io.kombine.contracts.BatchStatus;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.StepState;
import io.kombine.contracts.Topics;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

class SnapshotIT extends SettlementTest {

  @Autowired Scenario scenario;
  @Autowired WebApplicationContext web;
  @Autowired KafkaTemplate<String, byte[]> kafka;

  @Test
  void snapshotIsAtLeastAsNewAsTheOffsetAskedFor() throws Exception {
    UUID batchId = scenario.batch(2, 1);
    scenario.admit(batchId, true);
    var told =
        kafka
            .send(
                Topics.STEP_EVENTS,
                batchId.toString(),
                ContractJson.mapper()
                    .writeValueAsBytes(
                        event(batchId, scenario.step(batchId, 0), 1, StepState.SUCCEEDED, "0.002")))
            .join()
            .getRecordMetadata();
    MockHttpServletResponse answer = ask(batchId, told.offset() + 1);

    assertThat(answer.getStatus()).isEqualTo(200);
    BatchSnapshot snapshot =
        ContractJson.mapper().readValue(answer.getContentAsByteArray(), BatchSnapshot.class);
    assertThat(snapshot.partition()).isEqualTo(told.partition());
    assertThat(snapshot.nextOffset()).isGreaterThan(told.offset());
    assertThat(snapshot.steps())
        .extracting(BatchSnapshot.Step::state)
        .containsExactly(
            StepState.SUCCEEDED, StepState.WAITING, StepState.QUEUED, StepState.WAITING);
    BatchRow row = scenario.row(batchId);
    assertThat(snapshot.batch().status()).isEqualTo(BatchStatus.RUNNING);
    assertThat(snapshot.batch().revision()).isEqualTo(row.revision());
    assertThat(snapshot.batch().cost().quoted()).isEqualByComparingTo("0.008");
    assertThat(snapshot.batch().cost().spent()).isEqualByComparingTo("0.002");
    assertThat(snapshot.batch().cost().held()).isEqualByComparingTo("0.006");
    assertThat(snapshot.batch().cost().toFinish()).isEqualByComparingTo("0.006");
    assertThat(snapshot.batch().delivery().files()).isOne();
  }

  @Test
  void offsetThatIsNotAppliedIsAnswered503() throws Exception {
    UUID batchId = scenario.batch(1, 0);
    assertThat(ask(batchId, 1_000_000).getStatus()).isEqualTo(503);
  }

  @Test
  void unknownAndForeignBatchesAreNotThere() throws Exception {
    assertThat(ask(UUID.randomUUID(), 0).getStatus()).isEqualTo(404);
    UUID foreign = scenario.batch(1, 0);
    scenario.run("UPDATE batches SET owner = 'eve' WHERE batch_id = '%s'".formatted(foreign));
    assertThat(ask(foreign, 0).getStatus()).isEqualTo(404);
  }

  private MockHttpServletResponse ask(UUID batchId, long minOffset) throws Exception {
    MockMvc mvc = MockMvcBuilders.webAppContextSetup(web).build();
    return mvc.perform(
            MockMvcRequestBuilders.get("/internal/batches/{id}/snapshot", batchId)
                .param("min_offset", Long.toString(minOffset)))
        .andReturn()
        .getResponse();
  }
}
