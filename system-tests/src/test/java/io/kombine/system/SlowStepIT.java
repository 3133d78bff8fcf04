package io.kombine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

class SlowStepIT extends SystemTest {

  private static final int PARTITIONS = 3;

  @Test
  void aSlowStepDelaysNoOtherStepOfItsPartition() throws Exception {
    List<String> sources = sources(3);
    UUID slow = submit(images("Slow", sources.subList(0, 1), List.of("one that takes [slow]")));
    UUID slowStep = stepIds(slow).getFirst();
    await("the slow call")
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .until(() -> system.calls().bySteps().containsKey(slowStep));

    UUID quick =
        submit(
            images("Quick", sources, IntStream.range(0, 10).mapToObj(i -> "prompt " + i).toList()));
    assertThat(awaitEnd(quick).path("status").asString()).isEqualTo("COMPLETED");
    assertThat(awaitEnd(slow).path("status").asString()).isEqualTo("COMPLETED");

    Map<UUID, ProviderCalls.Call> calls =
        system.calls().calls().stream()
            .collect(Collectors.toMap(ProviderCalls.Call::stepId, call -> call, (a, b) -> b));
    List<UUID> samePartition =
        stepIds(quick).stream().filter(step -> partition(step) == partition(slowStep)).toList();
    assertThat(samePartition).isNotEmpty();
    for (UUID step : samePartition) {
      assertThat(calls.get(step).end()).isBefore(calls.get(slowStep).end());
    }
  }

  /** As Kafka's producers choose it. */
  private static int partition(UUID step) {
    byte[] key = step.toString().getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(key)) % PARTITIONS;
  }

  private static PipelineOrder images(String name, List<String> sources, List<String> prompts) {
    return PipelineOrder.bench(name, "sleep", sources, prompts, List.of());
  }
}
