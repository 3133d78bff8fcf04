package io.kombine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kombine.local.process.StackProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** 3 partitions × 1 permit: never more than 3 calls, measured inside the provider. */
class CapIT extends SystemTest {

  private static final int CAP = 3;
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final Duration SESSION = Duration.ofSeconds(6);

  @Override
  protected SystemSetup setup() {
    return SystemSetup.plain()
        .replicas("i2i-worker", 3)
        .replicas("i2v-worker", 0)
        .replicas("audio-worker", 0)
        .with("i2i-worker", "kombine.bench-providers.sleep", "2s")
        .with("i2i-worker", "kombine.bench-providers.hard-timeout", "30s")
        .with("i2i-worker", "kombine.claims.lease", LEASE.toSeconds() + "s")
        .with(
            "i2i-worker",
            "spring.kafka.consumer.properties.[session.timeout.ms]",
            Long.toString(SESSION.toMillis()));
  }

  @Test
  void neverMoreCallsRunThanTheCapWithOneWorkerThenThreeAndWhilePartitionsMove() throws Exception {
    StackProcess second = system.stack().process("i2i-worker-2");
    StackProcess third = system.stack().process("i2i-worker-3");
    second.stop();
    third.stop();
    Instant begin = Instant.now();
    UUID batch = images("Cap while workers come and go", 10, 10);

    awaitSucceeded(batch, 15);
    system.stack().start();
    awaitSucceeded(batch, 45);
    second.stop();
    awaitSucceeded(batch, 65);
    second.start();
    third.stop();
    awaitCompleted(batch, 100);

    ProviderCalls calls = system.calls().begunAfter(begin);
    assertThat(calls.mostAtOnce()).isEqualTo(CAP);
    assertThat(calls.calls().stream().map(ProviderCalls.Call::worker).distinct().count())
        .as("workers that made calls")
        .isGreaterThan(2);
    assertThat(calls.bySteps()).hasSize(100).values().containsOnly(1L);
  }

  @Test
  void neverMoreCallsRunThanTheCapAfterAWorkerWasStoppedPastItsLeaseAndContinued()
      throws Exception {
    Instant begin = Instant.now();
    UUID batch = images("Cap around a stopped worker", 10, 3);
    awaitSucceeded(batch, 4);
    StackProcess stopped = workerInACall();

    stopped.suspend();
    Instant suspended = Instant.now();
    await("the lease and the group's session of the stopped worker to run out")
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .until(() -> Instant.now().isAfter(suspended.plus(SESSION).plus(LEASE).plusSeconds(2)));
    stopped.resume();

    awaitCompleted(batch, 30);
    assertThat(system.calls().begunAfter(begin).mostAtOnce()).isEqualTo(CAP);
  }

  private StackProcess workerInACall() {
    return await("a worker in mid-call")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                system.calls().calls().stream()
                    .filter(call -> call.end() == null)
                    .flatMap(call ->
                        system.stack().services().stream()
                            .filter(process -> call.worker().startsWith(process.name())))
                    .findFirst()
                    .orElse(null),
            process -> process != null);
  }

  private UUID images(String name, int sources, int prompts) throws Exception {
    return submit(
        PipelineOrder.bench(
            name,
            "sleep",
            sources(sources),
            IntStream.range(0, prompts).mapToObj(i -> "prompt " + i).toList(),
            List.of()));
  }

  private void awaitCompleted(UUID batch, int steps) {
    JsonNode status = awaitEnd(batch);
    assertThat(status.path("status").asString()).as("%s", status).isEqualTo("COMPLETED");
    assertThat(status.path("counts").path("succeeded").asInt()).isEqualTo(steps);
  }
}
