package io.kombine.worker.step;

import io.kombine.contracts.RunStep;
import io.kombine.worker.provider.ProviderOutcome;
import io.kombine.worker.provider.ProviderOutcome.Ambiguous;
import io.kombine.worker.provider.ProviderOutcome.Retry;
import io.kombine.worker.provider.StepProvider;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes calls end: interrupts those that go on past their provider's hard timeout, and makes a
 * value of every exception that escapes.
 */
final class CallGuard implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(CallGuard.class);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("call-timeouts").factory());

  /**
   * Makes a call.
   *
   * @throws InterruptedException when the process ends; the claim is left to its lease
   */
  ProviderOutcome run(StepProvider provider, RunStep step, Callable<ProviderOutcome> call)
      throws InterruptedException {
    return run(provider, step, call, message -> unclear(provider, message));
  }

  /**
   * Asks what became of a call, for as long as a call may take.
   *
   * @return empty when the provider never took it
   * @throws InterruptedException when the process ends; the claim is left to its lease
   */
  Optional<ProviderOutcome> ask(
      StepProvider provider, RunStep step, Callable<Optional<ProviderOutcome>> question)
      throws InterruptedException {
    return run(provider, step, question, message -> Optional.of(unclear(provider, message)));
  }

  private <T> T run(
      StepProvider provider, RunStep step, Callable<T> call, Function<String, T> unclear)
      throws InterruptedException {
    Duration limit = provider.hardTimeout(step);
    Thread caller = Thread.currentThread();
    AtomicBoolean timedOut = new AtomicBoolean();
    ScheduledFuture<?> timeout =
        timer.schedule(
            () -> {
              timedOut.set(true);
              caller.interrupt();
            },
            limit.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      return call.call();
    } catch (InterruptedException e) {
      if (timedOut.get()) {
        return unclear.apply("The call took longer than " + limit.toSeconds() + " s.");
      }
      throw e;
    } catch (Exception e) {
      log.warn("A call of provider {} broke", provider.name(), e);
      return unclear.apply(
          "The call broke with " + e.getClass().getSimpleName() + "; see the worker's log.");
    } finally {
      if (!timeout.cancel(false) && timedOut.get()) {
        // why: an interrupt that came just after the call's end is none of the rest's
        Thread.interrupted();
      }
    }
  }

  private static ProviderOutcome unclear(StepProvider provider, String message) {
    return provider.resubmitSafe() ? new Retry(message) : new Ambiguous(message);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
