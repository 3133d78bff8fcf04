package io.kombine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kombine.contracts.BatchSnapshot;
import io.kombine.contracts.StepCounts;
import io.kombine.contracts.StepState;
import io.kombine.testing.KombineInfrastructure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@KombineInfrastructure
class StatusIT {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String ALIVE = "kombine.gateway.streams.heartbeat=500ms";

  private static StubBatchApi batchApi;
  private static StepEventsTopic topic;
  private static TestGateway one;
  private static TestGateway two;

  @BeforeAll
  static void start() throws Exception {
    batchApi = new StubBatchApi();
    topic = new StepEventsTopic();
    one = new TestGateway(batchApi.url(), ALIVE);
    two = new TestGateway(batchApi.url(), ALIVE);
  }

  @AfterAll
  static void stop() {
    one.close();
    two.close();
    topic.close();
    batchApi.close();
  }

  private static StubBatchApi.Kept keep(TestBatch batch) {
    int partition = StepEventsTopic.partitionOf(batch.id());
    StubBatchApi.Kept kept = batchApi.keep(batch, batch.running(1), partition);
    kept.appliedAtLeast(topic.end(partition));
    return kept;
  }

  private static boolean shows(JsonNode status, BatchSnapshot expected) {
    StepCounts counts = TestBatch.countsOf(expected);
    return status.get("status").asString().equals(TestBatch.statusOf(expected).name())
        && status.get("counts").get("total").asInt() == counts.total()
        && status.get("counts").get("waiting").asInt() == counts.waiting()
        && status.get("counts").get("queued").asInt() == counts.queued()
        && status.get("counts").get("running").asInt() == counts.running()
        && status.get("counts").get("succeeded").asInt() == counts.succeeded()
        && status.get("counts").get("failed").asInt() == counts.failed()
        && status.get("cost").get("spent").decimalValue().compareTo(expected.batch().cost().spent())
            == 0;
  }

  @Test
  void twoReplicasAgreeWhenAskedAtDifferentTimesAndARestartLosesNothing() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    TestBatch batch = new TestBatch(40);
    StubBatchApi.Kept kept = keep(batch);
    StepState[] states = {
      StepState.QUEUED, StepState.RUNNING, StepState.SUCCEEDED, StepState.FAILED
    };
    assertThat(one.status(batch.id()).get("counts").get("waiting").asInt()).isEqualTo(40);
    for (int i = 0; i < 300; i++) {
      if (i == 150) {
        two.status(batch.id());
      }
      topic.write(
          kept,
          random.nextInt(10) == 0
              ? batch.running(1 + random.nextInt(100))
              : batch.step(random.nextInt(40), 1 + random.nextInt(3), states[random.nextInt(4)]));
    }
    await().atMost(SOON).until(() -> shows(one.status(batch.id()), kept.snapshot()));
    await().atMost(SOON).until(() -> shows(two.status(batch.id()), kept.snapshot()));
    assertThat(one.status(batch.id())).isEqualTo(two.status(batch.id()));

    try (TestGateway restarted = new TestGateway(batchApi.url())) {
      assertThat(restarted.status(batch.id())).isEqualTo(two.status(batch.id()));
    }
  }

  @Test
  void streamBeginsWithASnapshotGoesOnWithDeltasAndEndsWithTheBatch() throws Exception {
    TestBatch batch = new TestBatch(2);
    StubBatchApi.Kept kept = keep(batch);
    try (TestGateway.Stream stream = one.events(batch.id(), null)) {
      TestGateway.Event snapshot = stream.next();
      assertThat(snapshot.name()).isEqualTo("snapshot");
      assertThat(snapshot.data().get("batch_id").asString()).isEqualTo(batch.id().toString());
      assertThat(snapshot.data().get("steps")).hasSize(2);
      long offset = topic.write(kept, batch.step(1, 1, StepState.RUNNING));
      TestGateway.Event delta = stream.next();
      assertThat(delta.name()).isEqualTo("delta");
      assertThat(delta.id()).isEqualTo(StepEventsTopic.partitionOf(batch.id()) + ":" + offset);
      assertThat(delta.data().propertyNames())
          .containsExactly("counts", "stages", "status", "cost", "eta", "delivery", "steps");
      JsonNode step = delta.data().get("steps").get(0);
      assertThat(step.propertyNames())
          .containsExactly("step_id", "ordinal", "kind", "group", "epoch", "state");
      assertThat(step.get("state").asString()).isEqualTo("RUNNING");
      topic.write(kept, batch.step(0, 1, StepState.SUCCEEDED));
      topic.write(kept, batch.step(1, 1, StepState.SUCCEEDED));
      topic.write(kept, batch.ended(2));
      List<TestGateway.Event> rest = stream.rest();
      assertThat(rest.getLast().name()).isEqualTo("end");
      assertThat(rest.getLast().data()).isEqualTo(one.status(batch.id()));
      assertThat(rest.getLast().data().get("status").asString()).isEqualTo("COMPLETED");
    }
  }

  @Test
  void lastEventIdResumesWithTheChangesMissedAtEitherReplica() throws Exception {
    TestBatch batch = new TestBatch(30);
    StubBatchApi.Kept kept = keep(batch);
    two.status(batch.id());
    String seen;
    try (TestGateway.Stream stream = one.events(batch.id(), null)) {
      stream.next();
      topic.write(kept, batch.step(3, 1, StepState.RUNNING));
      seen = stream.next().id();
    }
    topic.write(kept, batch.step(3, 1, StepState.SUCCEEDED));
    topic.write(kept, batch.step(7, 1, StepState.RUNNING));
    for (TestGateway gateway : List.of(one, two)) {
      Map<Integer, String> missed = new HashMap<>();
      try (TestGateway.Stream stream = gateway.events(batch.id(), seen)) {
        while (missed.size() < 2) {
          TestGateway.Event event = stream.next();
          assertThat(event.name()).isEqualTo("delta");
          event
              .data()
              .get("steps")
              .forEach(s -> missed.put(s.get("ordinal").asInt(), s.get("state").asString()));
        }
      }
      assertThat(missed).isEqualTo(Map.of(3, "SUCCEEDED", 7, "RUNNING"));
    }
  }

  @Test
  void unknownLastEventIdGetsANewSnapshot() throws Exception {
    TestBatch batch = new TestBatch(3);
    keep(batch);
    for (String id : List.of("nonsense", "99:0", "-1:4")) {
      try (TestGateway.Stream stream = one.events(batch.id(), id)) {
        assertThat(stream.next().name()).isEqualTo("snapshot");
      }
    }
  }

  @Test
  void snapshotOlderThanThePositionIsAskedForAgainAndEventsMeanwhileAreMerged() throws Exception {
    TestBatch batch = new TestBatch(5);
    StubBatchApi.Kept kept = keep(batch);
    kept.hold();
    long first = topic.write(kept, batch.step(0, 1, StepState.RUNNING));
    // why: a replica that has read the event must not take a snapshot from before it
    TestBatch sentinel = sentinelOn(StepEventsTopic.partitionOf(batch.id()));
    awaitRead(sentinel);
    int behindBefore = batchApi.behind();
    CompletableFuture<JsonNode> asked = CompletableFuture.supplyAsync(() -> one.status(batch.id()));
    await().atMost(SOON).until(() -> batchApi.behind() > behindBefore + 1);
    topic.write(kept, batch.step(1, 1, StepState.SUCCEEDED));
    kept.release(topic.end(StepEventsTopic.partitionOf(batch.id())) - 1);
    assertThat(first).isNotNegative();
    assertThat(asked.get(10, TimeUnit.SECONDS).get("counts").get("running").asInt()).isEqualTo(1);
    await()
        .atMost(SOON)
        .until(() -> one.status(batch.id()).get("counts").get("succeeded").asInt() == 1);
  }

  @Test
  void batchApiThatStaysBehindIsA503WithRetryAfter() throws Exception {
    TestBatch batch = new TestBatch(5);
    StubBatchApi.Kept kept = keep(batch);
    kept.hold();
    topic.write(kept, batch.step(0, 1, StepState.RUNNING));
    awaitRead(sentinelOn(StepEventsTopic.partitionOf(batch.id())));
    var response = one.get("/api/batches/" + batch.id(), "X-Api-Key", StubBatchApi.OWNER_KEY);
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
    assertThat(TestGateway.json(response).get("type").asString())
        .isEqualTo("urn:kombine:problem:status-unavailable");
  }

  @Test
  void foreignKeyIsToldThereIsNoSuchBatchThoughItsOwnerWatches() {
    TestBatch batch = new TestBatch(1);
    keep(batch);
    one.status(batch.id());
    for (String path : List.of("", "/events")) {
      var response = one.get("/api/batches/" + batch.id() + path, "X-Api-Key", "somebody-else");
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(response.headers().firstValue("Content-Type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    }
    assertThat(one.get("/api/batches/" + batch.id()).statusCode()).isEqualTo(404);
    assertThat(one.status(batch.id()).get("counts").get("total").asInt()).isEqualTo(1);
  }

  @Test
  void plannedBatchGetsItsStepsFromANewSnapshot() throws Exception {
    TestBatch batch = new TestBatch(4);
    int partition = StepEventsTopic.partitionOf(batch.id());
    StubBatchApi.Kept kept = batchApi.keep(batch, batch.planning(1), partition);
    kept.appliedAtLeast(topic.end(partition));
    List<TestGateway.Event> seen = new ArrayList<>();
    try (TestGateway.Stream stream = one.events(batch.id(), null)) {
      seen.add(stream.next());
      assertThat(seen.getFirst().data().get("status").asString()).isEqualTo("PLANNING");
      topic.write(kept, batch.running(2));
      topic.write(kept, batch.step(2, 1, StepState.QUEUED));
      while (!seen.getLast().data().get("counts").get("queued").asString().equals("1")) {
        seen.add(stream.next());
        assertThat(seen.getLast().data().get("status").asString())
            .isIn("PLANNING", "RUNNING", "QUEUED");
      }
    }
    assertThat(one.status(batch.id()).get("counts").get("total").asInt()).isEqualTo(4);
  }

  private static TestBatch sentinelOn(int partition) {
    TestBatch batch = new TestBatch(1);
    while (StepEventsTopic.partitionOf(batch.id()) != partition) {
      batch = new TestBatch(1);
    }
    return batch;
  }

  /** Waits until the first replica has read everything written to the batch's partition so far. */
  private static void awaitRead(TestBatch sentinel) {
    StubBatchApi.Kept kept = keep(sentinel);
    one.status(sentinel.id());
    topic.write(kept, sentinel.step(0, 1, StepState.RUNNING));
    await()
        .atMost(SOON)
        .until(() -> one.status(sentinel.id()).get("counts").get("running").asInt() == 1);
  }
}
