package io.kombine.worker.step;

import io.kombine.contracts.RunStep;
import io.kombine.worker.provider.ProviderOutcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;

/** What operators see of calls. */
final class StepMetrics {

  /** A call that may be interrupted. */
  @FunctionalInterface
  interface Call {
    ProviderOutcome run() throws InterruptedException;
  }

  private final MeterRegistry registry;

  StepMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  ProviderOutcome timed(String provider, Call call) throws InterruptedException {
    Timer.Sample sample = Timer.start(registry);
    ProviderOutcome outcome = call.run();
    String name = outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    sample.stop(
        Timer.builder("kombine.provider.call")
            .description("Calls to providers, from begin to answer")
            .tag("provider", provider)
            .tag("outcome", name)
            .publishPercentileHistogram()
            .register(registry));
    registry
        .counter("kombine.provider.outcomes", "provider", provider, "outcome", name)
        .increment();
    return outcome;
  }

  void ended(RunStep step, StepEnd end) {
    registry
        .counter(
            "kombine.steps.ended",
            "stage",
            step.kind().wireName(),
            "state",
            end.state().name().toLowerCase(Locale.ROOT))
        .increment();
  }
}
