package io.kombine.worker.provider.local;

import io.kombine.contracts.RunStep;
import io.kombine.contracts.StopOutcome;
import io.kombine.worker.artifact.DecodingBusyException;
import io.kombine.worker.artifact.ImageRefusedException;
import io.kombine.worker.provider.Charge;
import io.kombine.worker.provider.ProviderCall;
import io.kombine.worker.provider.ProviderOutcome;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;

/**
 * Makes the calls of built-in providers: keeps the rate, lets the latency pass, fails those that
 * are to fail, and does the work of the others on a bounded number of threads. Thread-safe.
 */
public final class LocalCalls {

  private static final Duration BUSY_PAUSE = Duration.ofSeconds(5);

  private final LocalProviderProperties properties;
  private final CallsPerMinute rate;
  private final WorkThreads threads;

  public LocalCalls(LocalProviderProperties properties, Clock clock) {
    this.properties = properties;
    this.rate = new CallsPerMinute(properties.callsPerMinute(), clock);
    this.threads = new WorkThreads(properties.maxConcurrentWork());
  }

  /** What a call computes; checks for an interrupt at least each second. */
  @FunctionalInterface
  public interface Work {
    ProviderOutcome run() throws IOException;
  }

  /** After which a call is given up whose work takes so long at most, its turn waited for. */
  public Duration hardTimeout(Duration work) {
    Duration longest = properties.latency().plus(work);
    return longest.compareTo(properties.hardTimeout()) < 0 ? longest : properties.hardTimeout();
  }

  /**
   * Makes a call. An input that is no usable image is {@link ProviderOutcome.Input}; busy decoders
   * are {@link ProviderOutcome.Wait}; any other {@link IOException} is {@link
   * ProviderOutcome.Retry}.
   */
  public ProviderOutcome make(ProviderCall call, Work work) throws InterruptedException {
    Duration wait = rate.take();
    if (!wait.isZero()) {
      return new ProviderOutcome.Wait(
          "The local provider takes %d calls a minute.".formatted(properties.callsPerMinute()),
          wait);
    }
    if (!properties.latency().isZero() && call.pause(properties.latency())) {
      return new ProviderOutcome.Stopped(
          "The batch was cancelled before the work began.",
          StopOutcome.STOPPED_FREE,
          Charge.none());
    }
    Optional<ProviderOutcome> fault = fault(call.step());
    return fault.isPresent() ? fault.get() : compute(work);
  }

  private Optional<ProviderOutcome> fault(RunStep step) {
    for (PromptFault told : properties.failPromptsContaining()) {
      if (told.fits(step)) {
        return Optional.of(told.asOutcome());
      }
    }
    return chance(step) < properties.failureRate()
        ? Optional.of(
            new ProviderOutcome.Retry(
                "The local provider is told to fail %s of its calls."
                    .formatted(properties.failureRate())))
        : Optional.empty();
  }

  private static double chance(RunStep step) {
    long id = step.stepId().getMostSignificantBits() * 31 + step.stepId().getLeastSignificantBits();
    return new SplittableRandom(id * 31 + step.attempt()).nextDouble();
  }

  private ProviderOutcome compute(Work work) throws InterruptedException {
    try {
      return threads.run(work::run);
    } catch (ExecutionException failed) {
      return switch (failed.getCause()) {
        case ImageRefusedException refused -> new ProviderOutcome.Input(refused.refusal().reason());
        case DecodingBusyException _ ->
            new ProviderOutcome.Wait("All image decoders are in use.", BUSY_PAUSE);
        case IOException broken ->
            new ProviderOutcome.Retry("Reading or writing media failed: " + broken.getMessage());
        case null, default -> throw new IllegalStateException("a local call broke", failed);
      };
    }
  }
}
