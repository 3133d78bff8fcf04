package io.kombine.batch.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kombine.batch.artifact.OwnedArtifacts;
import io.kombine.batch.door.KafkaDoor.Reply;
import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.BatchFinished;
import io.kombine.contracts.BatchStarted;
import io.kombine.contracts.BatchStatus;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.ContractSamples;
import io.kombine.contracts.GenerationReply;
import io.kombine.contracts.RequestAccepted;
import io.kombine.contracts.RequestRejected;
import io.kombine.contracts.StepEnded;
import io.kombine.contracts.StepState;
import io.kombine.contracts.Topics;
import io.kombine.worker.artifact.ImageArtifacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.node.ObjectNode;

class KafkaDoorIT extends DoorIT {

  @Autowired ImageArtifacts store;
  @Autowired OwnedArtifacts artifacts;

  private String body() throws IOException {
    return pipeline(List.of(uploaded(1)));
  }

  private RequestAccepted accepted(Reply reply) {
    assertThat(reply.message()).isInstanceOf(RequestAccepted.class);
    return (RequestAccepted) reply.message();
  }

  private void rejected(Reply reply, String type, String... fields) {
    assertThat(reply.message()).isInstanceOf(RequestRejected.class);
    var problem = ((RequestRejected) reply.message()).problem();
    assertThat(problem.at("/type").asString()).isEqualTo("urn:kombine:problem:" + type);
    assertThat(problem.at("/errors").valueStream().map(e -> e.at("/field").asString()))
        .containsExactly(fields);
  }

  @Test
  void theGoldenSampleIsRead() throws IOException {
    ObjectNode sample = (ObjectNode) JSON.readTree(ContractSamples.json("generation-request"));
    String id = KafkaDoor.newId();
    sample.put("requestId", id);
    ((ObjectNode) sample.get("request")).putArray("source_images").add(uploaded(7));

    kafka.send(KafkaDoor.TOPIC, id, sample.toString());

    Reply reply = kafka.first(id);
    RequestAccepted accepted = accepted(reply);
    assertThat(accepted.sequence()).isOne();
    assertThat(accepted.statusUrl()).isEqualTo("/api/batches/" + accepted.batchId());
    assertThat(get(accepted.statusUrl()).text("/name")).isEqualTo("Autumn campaign");
    assertThat(reply.record().key()).isEqualTo(id);
    assertThat(reply.header("ce_specversion")).isEqualTo("1.0");
    assertThat(reply.header("ce_type")).isEqualTo("io.kombine.generation.accepted");
    assertThat(reply.header("ce_source")).isEqualTo("/kombine/batch-api");
    assertThat(UUID.fromString(reply.header("ce_id"))).isNotNull();
    assertThat(reply.header("ce_time")).isEqualTo(accepted.time().toString());
    assertThat(reply.header("ce_subject")).isEqualTo(accepted.batchId().toString());
    assertThat(reply.header("content-type")).isEqualTo("application/json");
  }

  @Test
  void anIdStandsForOneRequestHoweverOftenAndWhicheverWayItComes() throws IOException {
    String id = KafkaDoor.newId();
    String body = body();
    String envelope = KafkaDoor.envelope(id, "pipeline", body);
    kafka.send(KafkaDoor.TOPIC, id, envelope);
    UUID batch = accepted(kafka.first(id)).batchId();

    kafka.send(KafkaDoor.TOPIC, id, envelope);
    RequestAccepted again = accepted(kafka.await(id, 2).get(1));
    Answer overRest = post("/api/pipelines/bulk", body, "Idempotency-Key", id);
    kafka.send(
        KafkaDoor.TOPIC, id, KafkaDoor.envelope(id, "pipeline", body.replace("Spring", "Autumn")));

    assertThat(again.batchId()).isEqualTo(batch);
    assertThat(again.replayed()).isTrue();
    assertThat(again.sequence()).isEqualTo(2);
    assertThat(overRest.text("/batch_id")).isEqualTo(batch.toString());
    rejected(kafka.await(id, 3).get(2), "idempotency-key-reused", "requestId");
  }

  @Test
  void aRequestThatCameOverRestFirstIsJoined() throws IOException {
    String id = KafkaDoor.newId();
    String body = body();
    Answer overRest = post("/api/pipelines/bulk", body, "Idempotency-Key", id);
    UUID batch = UUID.fromString(overRest.text("/batch_id"));
    start(batch);

    kafka.send(KafkaDoor.TOPIC, id, KafkaDoor.envelope(id, "pipeline", body));

    List<Reply> replies = kafka.await(id, 2);
    assertThat(accepted(replies.get(0)).batchId()).isEqualTo(batch);
    assertThat(accepted(replies.get(0)).replayed()).isTrue();
    assertThat(replies.get(1).message()).isInstanceOf(BatchStarted.class);
  }

  @Test
  void aRefusedIdMayBeUsedAgain() throws IOException {
    String id = KafkaDoor.newId();
    kafka.send(KafkaDoor.TOPIC, id, KafkaDoor.envelope(id, "pipeline", "{}"));
    rejected(kafka.first(id), "invalid-request", "name", "source_images", "i2i_config");

    kafka.send(KafkaDoor.TOPIC, id, KafkaDoor.envelope(id, "pipeline", body()));

    assertThat(accepted(kafka.await(id, 2).get(1)).sequence()).isEqualTo(2);
  }

  @Test
  void theLifeOfABatchIsRepliedInItsOrder() throws IOException {
    String id = KafkaDoor.newId();
    kafka.send(KafkaDoor.TOPIC, id, KafkaDoor.envelope(id, "pipeline", body()));
    UUID batch = accepted(kafka.first(id)).batchId();

    start(batch);
    UUID artifact = succeed(batch, 0);
    jdbc.sql(
            """
            UPDATE steps SET state = 'SKIPPED', rank = 7, error_code = 'parent',
              error_message = 'It ended without.'
            WHERE batch_id = ? AND ordinal > 0
            """)
        .param(batch)
        .update();
    jdbc.sql(
            """
            UPDATE batches SET finished_at = now(), status = 'COMPLETED_WITH_FAILURES',
              spent = 0.002, files_delivered = 1, folder_url = 'file:///drive/x/'
            WHERE batch_id = ?
            """)
        .param(batch)
        .update();

    List<GenerationReply> replies = kafka.await(id, 9).stream().map(Reply::message).toList();
    assertThat(replies)
        .extracting(GenerationReply::sequence)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(replies.get(1)).isInstanceOf(BatchStarted.class);
    StepEnded made = (StepEnded) replies.get(2);
    assertThat(made.state()).isEqualTo(StepState.SUCCEEDED);
    assertThat(made.outputs())
        .singleElement()
        .satisfies(output -> {
          assertThat(output.url()).isEqualTo("/api/artifacts/" + artifact);
          assertThat(get(output.url()).status()).isEqualTo(200);
        });
    assertThat(made.cost()).isNotNull();
    StepEnded skipped = (StepEnded) replies.get(3);
    assertThat(skipped.state()).isEqualTo(StepState.SKIPPED);
    assertThat(skipped.error()).isNotNull();
    assertThat(skipped.cost()).isNull();
    BatchFinished finished = (BatchFinished) replies.get(8);
    assertThat(finished.status()).isEqualTo(BatchStatus.COMPLETED_WITH_FAILURES);
    assertThat(finished.counts().succeeded()).isOne();
    assertThat(finished.counts().skipped()).isEqualTo(5);
    assertThat(finished.filesDelivered()).isOne();
    assertThat(finished.folderUrl()).isEqualTo("file:///drive/x/");
    await().until(() -> rows("generation_replies") == 0);
  }

  @Test
  void cloudEventsAreTakenInBothModes() throws IOException {
    String binary = KafkaDoor.newId();
    kafka.send(
        KafkaDoor.TOPIC,
        binary,
        KafkaDoor.envelope(binary, "pipeline", body()),
        "ce_specversion",
        "1.0",
        "ce_type",
        "shop.order",
        "ce_source",
        "/shop",
        "ce_id",
        "1",
        "content-type",
        "application/json");
    String structured = KafkaDoor.newId();
    kafka.send(
        KafkaDoor.TOPIC,
        structured,
        """
        {"specversion": "1.0", "type": "shop.order", "source": "/shop", "id": "2",
         "data": %s}
        """
            .formatted(
                KafkaDoor.envelope(structured, "pipeline", body().replace("Spring", "Frühling"))),
        "content-type",
        "application/cloudevents+json; charset=UTF-8");
    String future = KafkaDoor.newId();
    kafka.send(
        KafkaDoor.TOPIC,
        future,
        KafkaDoor.envelope(future, "pipeline", body()),
        "ce_specversion",
        "2.0");
    String empty = KafkaDoor.newId();
    kafka.send(KafkaDoor.TOPIC, empty, "{}", "content-type", "application/cloudevents+json");

    accepted(kafka.first(binary));
    assertThat(get(accepted(kafka.first(structured)).statusUrl()).text("/name"))
        .isEqualTo("Frühling");
    rejected(kafka.first(future), "invalid-request", "ce_specversion");
    rejected(kafka.first(empty), "invalid-request", "data");
  }

  @Test
  void anEnvelopeThatIsWrongIsRejectedByItsField() throws IOException {
    String body = body();
    for (var wrong :
        List.of(
            List.of("{\"requestId\": \"%s\", \"request\": %s}", "kind"),
            List.of("{\"requestId\": \"%s\", \"kind\": \"film\", \"request\": %s}", "kind"),
            List.of("{\"requestId\": \"%s\", \"kind\": 5, \"request\": %s}", "kind"),
            List.of(
                "{\"version\": 2, \"requestId\": \"%s\", \"kind\": \"pipeline\", \"request\": %s}",
                "version"),
            List.of("{\"requestId\": \"%s\", \"kind\": \"pipeline\", \"body\": %s}", "request"))) {
      String id = KafkaDoor.newId();
      kafka.send(KafkaDoor.TOPIC, null, wrong.get(0).formatted(id, body));
      rejected(kafka.first(id), "invalid-request", wrong.get(1));
    }
    String id = KafkaDoor.newId();
    kafka.send(KafkaDoor.TOPIC, id, "{\"kind\": \"pipeline\", \"request\": %s}".formatted(body));
    rejected(kafka.first(id), "invalid-request", "requestId");
    String long200 = "i".repeat(180) + UUID.randomUUID().toString().substring(16);
    kafka.send(KafkaDoor.TOPIC, null, KafkaDoor.envelope(long200, "pipeline", body));
    assertThat(long200).hasSize(200);
    accepted(kafka.first(long200));
    String key = KafkaDoor.newId();
    kafka.send(KafkaDoor.TOPIC, key, KafkaDoor.envelope(long200 + "1", "pipeline", body));
    rejected(kafka.first(key), "invalid-idempotency-key", "requestId");
  }

  @Test
  void whatCannotBeReadIsRejectedWhereAnIdCanAndADeadLetterWhereNot() throws IOException {
    String byKey = KafkaDoor.newId();
    kafka.send(KafkaDoor.TOPIC, byKey, "{\"requestId\": ");
    String byBody = KafkaDoor.newId();
    kafka.send(KafkaDoor.TOPIC, null, "{\"requestId\": \"%s\", \"kind\"".formatted(byBody));
    String mark = UUID.randomUUID().toString();
    kafka.send(KafkaDoor.TOPIC, null, "garbage " + mark);
    kafka.send(KafkaDoor.TOPIC, "no id", new byte[] {(byte) 0xff, 0, 1});
    String after = KafkaDoor.newId();
    kafka.send(KafkaDoor.TOPIC, after, KafkaDoor.envelope(after, "pipeline", body()));

    rejected(kafka.first(byKey), "malformed-json");
    rejected(kafka.first(byBody), "malformed-json");
    accepted(kafka.first(after));
    var letter =
        KafkaDoor.deadLetter(
            KafkaDoor.TOPIC,
            record -> new String(record.value(), StandardCharsets.UTF_8).contains(mark));
    assertThat(
            new String(
                letter.headers().lastHeader("kombine-dlt-reason").value(), StandardCharsets.UTF_8))
        .startsWith("neither value nor key hold a request id: ");
  }

  @Test
  void aTopicOfNobodyIsRejected() throws IOException {
    String id = KafkaDoor.newId();
    kafka.send(KafkaDoor.STRANGERS_TOPIC, id, KafkaDoor.envelope(id, "pipeline", body()));

    rejected(kafka.first(id), "unauthorized");
    String shared = KafkaDoor.newId();
    kafka.send(Topics.GENERATION_REQUESTS, shared, KafkaDoor.envelope(shared, "pipeline", "{}"));
    assertThat(kafka.first(shared).message()).isInstanceOf(RequestRejected.class);
  }

  @Test
  void moreThanMayWaitIsAnsweredInTurnsOfAsManyAsMayRun() throws IOException {
    List<String> ids = IntStream.range(0, 12).mapToObj(i -> KafkaDoor.newId()).toList();
    for (int i = 0; i < ids.size(); i++) {
      String source = images.serve("/slow-" + i + ".png", Images.image("png", 20, 20, 60 + i));
      kafka.send(
          KafkaDoor.TOPIC,
          ids.get(i),
          KafkaDoor.envelope(ids.get(i), "pipeline", pipeline(List.of(source))));
    }

    ids.forEach(id -> accepted(kafka.first(id)));

    assertThat(images.mostSlowAtOnce()).isBetween(1, 2);
  }

  @Test
  void aRequestThatComesWhileTheDatabaseFailsIsAnsweredOnceItIsBack() throws IOException {
    String id = KafkaDoor.newId();
    String envelope = KafkaDoor.envelope(id, "pipeline", body());
    int before = rows("batches");
    jdbc.sql("ALTER TABLE batch_groups RENAME TO batch_groups_away").update();
    try {
      kafka.send(KafkaDoor.TOPIC, id, envelope);
      await()
          .until(() ->
              jdbc.sql("SELECT count(*) FROM kafka_requests WHERE request_id = ?")
                      .param(id)
                      .query(Integer.class)
                      .single()
                  == 1);
      assertThat(rows("batches")).isEqualTo(before);
    } finally {
      jdbc.sql("ALTER TABLE batch_groups_away RENAME TO batch_groups").update();
    }

    assertThat(accepted(kafka.first(id)).sequence()).isOne();
    assertThat(rows("batches")).isEqualTo(before + 1);
  }

  private void start(UUID batch) {
    jdbc.sql(
            "UPDATE batches SET started = true, started_at = now(), status = 'RUNNING' WHERE batch_id = ?")
        .param(batch)
        .update();
  }

  private UUID succeed(UUID batch, int ordinal) throws IOException {
    ArtifactRef artifact = store.put(Images.image("jpeg", 30, 20, 91));
    UUID id = artifacts.register("local", artifact, null);
    UUID step =
        jdbc.sql("SELECT step_id FROM steps WHERE batch_id = ? AND ordinal = ?")
            .params(batch, ordinal)
            .query(UUID.class)
            .single();
    jdbc.sql("INSERT INTO step_outputs VALUES (?, 0, ?, ?, ?::jsonb)")
        .params(step, batch, id, ContractJson.mapper().writeValueAsString(artifact))
        .update();
    jdbc.sql(
            "UPDATE steps SET state = 'SUCCEEDED', rank = 10, cost = price_amount WHERE step_id = ?")
        .param(step)
        .update();
    return id;
  }
}
