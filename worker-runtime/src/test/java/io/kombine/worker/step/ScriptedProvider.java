package io.kombine.worker.step;

import io.kombine.contracts.RunStep;
import io.kombine.worker.provider.ProducedOutput;
import io.kombine.worker.provider.ProviderCall;
import io.kombine.worker.provider.ProviderOutcome;
import io.kombine.worker.provider.ProviderOutcome.Succeeded;
import io.kombine.worker.provider.StepProvider;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Answers as a test says and remembers each call. */
final class ScriptedProvider implements StepProvider {

  final ConcurrentLinkedQueue<UUID> calls = new ConcurrentLinkedQueue<>();
  final ConcurrentLinkedQueue<ProviderOutcome> script = new ConcurrentLinkedQueue<>();
  final ConcurrentLinkedQueue<UUID> asked = new ConcurrentLinkedQueue<>();
  final ConcurrentLinkedQueue<ProviderOutcome> answers = new ConcurrentLinkedQueue<>();
  volatile @Nullable CountDownLatch gate;

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public ProviderOutcome call(ProviderCall call) throws InterruptedException {
    calls.add(call.step().stepId());
    CountDownLatch closed = gate;
    if (closed != null) {
      closed.await();
    }
    ProviderOutcome scripted = script.poll();
    return scripted != null
        ? scripted
        : Succeeded.of(
            ProducedOutput.text(
                ("{\"step\":\"" + call.step().stepId() + "\"}").getBytes(StandardCharsets.UTF_8),
                "application/json"));
  }

  @Override
  public Optional<ProviderOutcome> ask(ProviderCall call, @Nullable String providerTaskId) {
    asked.add(call.step().stepId());
    return Optional.ofNullable(answers.poll());
  }

  @Override
  public Duration hardTimeout(RunStep step) {
    return Duration.ofSeconds(30);
  }

  long callsOf(List<UUID> steps) {
    return calls.stream().filter(steps::contains).count();
  }
}
