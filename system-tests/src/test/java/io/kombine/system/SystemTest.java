package io.kombine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kombine.local.client.KombineClient;
import io.kombine.local.client.ProblemException;
import io.kombine.local.client.Watch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What system tests have in common: a running system, its client, and patience. */
public abstract class SystemTest {

  /** Generous: a test waits so long only where it fails. */
  protected static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int UNAVAILABLE = 503;

  protected static final Duration POLL = Duration.ofMillis(100);

  @TempDir protected Path scratch;

  protected SystemUnderTest system;
  protected KombineClient client;

  /** For answers that the client does not take, such as problems. */
  GatewayCalls gateway;

  protected SystemSetup setup() {
    return Systems.usual();
  }

  @BeforeEach
  void start() {
    system = Systems.running(setup());
    client = system.client();
    gateway = new GatewayCalls(system.baseUrl());
  }

  @AfterEach
  void leave() {
    if (client != null) {
      client.close();
    }
    if (gateway != null) {
      gateway.close();
    }
  }

  protected List<String> sources(int count) throws Exception {
    return client.upload(TestPictures.paint(scratch.resolve("pictures"), count));
  }

  protected UUID submit(PipelineOrder order) throws Exception {
    return client.submit(order.json(), null);
  }

  protected JsonNode awaitEnd(UUID batchId) {
    return awaitEnd(batchId, PATIENCE);
  }

  protected JsonNode awaitEnd(UUID batchId, Duration limit) {
    return await("end of batch " + batchId)
        .atMost(limit)
        .pollInterval(POLL)
        .ignoreExceptionsMatching(SystemTest::passes)
        .until(() -> countedBatch(batchId), Watch::hasEnded);
  }

  /** Whether a client is to ask again: nobody listens, or the answer is 503 with a Retry-After. */
  private static boolean passes(Throwable failure) {
    return failure instanceof IOException
        || (failure instanceof ProblemException problem && problem.status() == UNAVAILABLE);
  }

  /** Waits until so many steps have succeeded. */
  protected void awaitSucceeded(UUID batchId, int steps) {
    await(steps + " steps of batch " + batchId)
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .ignoreExceptionsMatching(SystemTest::passes)
        .until(() -> countedBatch(batchId).path("counts").path("succeeded").asInt() >= steps);
  }

  /** A batch's status, whose counts add up whenever one looks. */
  protected JsonNode countedBatch(UUID batchId) throws Exception {
    JsonNode status = client.batch(batchId);
    assertCountsAddUp(status);
    return status;
  }

  protected static void assertCountsAddUp(JsonNode status) {
    int sum = 0;
    for (var count : status.path("counts").properties()) {
      if (!count.getKey().equals("total")) {
        sum += count.getValue().asInt();
      }
    }
    assertThat(sum)
        .as("counts of %s", status)
        .isEqualTo(status.path("counts").path("total").asInt());
  }

  /** All steps, in the plan's order. */
  protected List<JsonNode> steps(UUID batchId) throws Exception {
    List<JsonNode> steps = new ArrayList<>();
    JsonNode page;
    do {
      int cursor = steps.isEmpty() ? -1 : steps.getLast().path("ordinal").asInt();
      page =
          client
              .get("/api/batches/%s/steps?limit=500&cursor=%d".formatted(batchId, cursor))
              .path("steps");
      page.forEach(steps::add);
    } while (page.size() == 500);
    return steps;
  }

  protected List<UUID> stepIds(UUID batchId) throws Exception {
    return steps(batchId).stream()
        .map(step -> UUID.fromString(step.path("step_id").asString()))
        .toList();
  }

  /** The folder that a batch was delivered into. */
  protected static Path folder(JsonNode status) {
    return Path.of(java.net.URI.create(status.path("delivery").path("folder_url").asString()));
  }
}
