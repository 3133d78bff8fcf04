package io.kombine.batch.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.batch.artifact.OwnedArtifacts;
import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.ContractJson;
import io.kombine.worker.artifact.ImageArtifacts;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Two sources of two images each, all made, and two videos of each image that wait for a yes. */
class ApprovalIT extends DoorIT {

  @Autowired ImageArtifacts store;
  @Autowired OwnedArtifacts artifacts;

  private String batch;

  @BeforeEach
  void imagesAreMade() throws IOException {
    Answer submitted =
        post(
            "/api/pipelines/bulk",
            pipeline(List.of(uploaded(1), uploaded(2)))
                .replace("\"name\": \"Spring\"", "\"name\": \"Held\", \"approval\": true"));
    assertThat(submitted.status()).as("%s", submitted.raw().body()).isEqualTo(202);
    String id = submitted.text("/batch_id");
    batch = "/api/batches/" + id;
    for (UUID image : steps("kind = 'i2i'")) {
      ArtifactRef artifact = store.put(Images.image("jpeg", 30, 20, image.hashCode()));
      jdbc.sql("INSERT INTO step_outputs VALUES (?, 0, ?::uuid, ?, ?::jsonb)")
          .params(
              image,
              id,
              artifacts.register("local", artifact, null),
              ContractJson.mapper().writeValueAsString(artifact))
          .update();
      jdbc.sql("UPDATE steps SET state = 'SUCCEEDED', rank = 10, cost = 0.002 WHERE step_id = ?")
          .param(image)
          .update();
      jdbc.sql(
              """
              UPDATE steps SET state = 'AWAITING_APPROVAL', rank = 1,
                inputs = jsonb_build_array(
                  jsonb_build_object('role', 'IMAGE', 'artifact', ?::jsonb))
              WHERE parent_id = ?
              """)
          .params(ContractJson.mapper().writeValueAsString(artifact), image)
          .update();
    }
  }

  private List<UUID> steps(String condition) {
    return jdbc.sql(
            "SELECT step_id FROM steps WHERE batch_id = ?::uuid AND "
                + condition
                + " ORDER BY ordinal")
        .param(batch.substring("/api/batches/".length()))
        .query(UUID.class)
        .list();
  }

  private Answer decide(String body) {
    Answer answer = post(batch + "/approvals", body);
    assertThat(answer.status()).as("%s", answer.raw().body()).isEqualTo(200);
    return answer;
  }

  private int count(String state) {
    return get(batch).body().at("/counts/" + state).asInt();
  }

  @Test
  void aRejectedGroupIsSkippedWithItsReasonAndNotExpectedToCost() {
    Answer rejected = decide("{\"decision\": \"reject\", \"groups\": [1]}");

    assertThat(rejected.body().at("/rejected_steps").size()).isEqualTo(4);
    assertThat(rejected.body().at("/approved_steps").size()).isZero();
    assertThat(rejected.text("/status")).isEqualTo("WAITING_FOR_DECISION");
    assertThat(rejected.body().at("/to_finish").decimalValue()).isEqualByComparingTo("0.2");
    assertThat(count("skipped")).isEqualTo(4);
    assertThat(count("awaiting_approval")).isEqualTo(4);
    assertThat(steps("group_index = 1 AND error_code = 'rejected' AND NOT announced")).hasSize(4);
    assertThat(
            send(to(batch + "/retry-failed").POST(BodyPublishers.noBody()))
                .body()
                .at("/steps")
                .asInt())
        .isZero();
    assertThat(count("skipped")).isEqualTo(4);
  }

  @Test
  void approvingAnImageReleasesItsVideosAtOnceAndNoOthers() {
    UUID image = steps("kind = 'i2i'").get(1);

    Answer approved =
        decide("{\"outputs\": [{\"step_id\": \"%s\", \"index\": 0}]}".formatted(image));

    assertThat(approved.body().at("/approved_steps").size()).isEqualTo(2);
    assertThat(steps("state = 'READY' AND NOT announced"))
        .isEqualTo(steps("parent_id = '" + image + "'"));
    assertThat(count("awaiting_approval")).isEqualTo(6);
    assertThat(approved.text("/status")).isEqualTo("RUNNING");
    assertThat(
            decide("{\"outputs\": [{\"step_id\": \"%s\", \"index\": 1}]}".formatted(image))
                .body()
                .at("/approved_steps")
                .size())
        .isZero();
  }

  @Test
  void aPersonMayChangeTheirMindUntilTheStepIsQueued() {
    UUID video = steps("kind = 'i2v'").getFirst();
    String one = "\"step_ids\": [\"" + video + "\"]}";

    decide("{\"decision\": \"reject\", " + one);
    assertThat(steps("state = 'SKIPPED'")).containsExactly(video);
    decide("{\"decision\": \"approve\", " + one);
    assertThat(steps("state = 'READY' AND epoch = 2 AND error_code IS NULL"))
        .containsExactly(video);
    decide("{\"decision\": \"reject\", " + one);
    assertThat(steps("state = 'SKIPPED' AND epoch = 2")).containsExactly(video);
    decide("{\"decision\": \"approve\", " + one);
    jdbc.sql("UPDATE steps SET state = 'QUEUED', rank = 3 WHERE step_id = ?").param(video).update();

    Answer tooLate = decide("{\"decision\": \"reject\", " + one);

    assertThat(tooLate.body().at("/rejected_steps").size()).isZero();
    assertThat(steps("state = 'QUEUED' AND epoch = 3")).containsExactly(video);
  }

  @Test
  void allAreDecidedOnAtOnceAndAskingAgainIsHarmless() {
    decide("{\"decision\": \"reject\", \"groups\": [0]}");

    assertThat(decide("{\"all\": true}").body().at("/approved_steps").size()).isEqualTo(4);
    assertThat(decide("{\"all\": true}").body().at("/approved_steps").size()).isZero();
    assertThat(count("ready")).isEqualTo(4);
    assertThat(count("skipped")).isEqualTo(4);
  }

  @Test
  void aSelectionThatIsNoneOrTwoIsRefused() {
    String ids = "[\"0199aaaa-0000-7000-8000-000000000000\"]";

    for (String wrong :
        List.of(
            "{}",
            "{\"all\": false}",
            "{\"all\": true, \"groups\": [0]}",
            "{\"step_ids\": " + ids + ", \"groups\": [0]}")) {
      post(batch + "/approvals", wrong).isProblem(400, "invalid-request").names("step_ids");
    }
    post(batch + "/approvals", "{\"groups\": []}")
        .isProblem(400, "invalid-request")
        .names("groups");
    post(batch + "/approvals", "{\"groups\": [%s0]}".formatted("0,".repeat(1_000)))
        .isProblem(400, "invalid-request")
        .names("groups");
    post(batch + "/approvals", "{\"outputs\": [{\"index\": 0}]}")
        .isProblem(400, "invalid-request")
        .names("outputs[0].step_id");
    post(batch + "/approvals", "{\"all\": true, \"decision\": \"maybe\"}")
        .isProblem(400, "invalid-request")
        .names("decision");
    assertThat(
            decide("{\"groups\": [%s0]}".formatted("0,".repeat(999)))
                .body()
                .at("/approved_steps")
                .size())
        .isEqualTo(4);
  }
}
