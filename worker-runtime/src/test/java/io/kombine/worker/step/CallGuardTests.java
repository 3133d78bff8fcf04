package io.kombine.worker.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kombine.contracts.RunStep;
import io.kombine.worker.provider.ProviderCall;
import io.kombine.worker.provider.ProviderOutcome;
import io.kombine.worker.provider.ProviderOutcome.Ambiguous;
import io.kombine.worker.provider.ProviderOutcome.Retry;
import io.kombine.worker.provider.StepProvider;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CallGuardTests {

  private final CallGuard guard = new CallGuard();

  private record Slow(boolean resubmitSafe) implements StepProvider {
    @Override
    public String name() {
      return "slow";
    }

    @Override
    public ProviderOutcome call(ProviderCall call) {
      throw new IllegalStateException("not called here");
    }

    @Override
    public Duration hardTimeout(RunStep step) {
      return Duration.ofMillis(200);
    }
  }

  @AfterEach
  void stop() {
    guard.close();
  }

  @Test
  void callEndsAtTheHardTimeout() throws InterruptedException {
    assertThat(
            guard.run(
                new Slow(false),
                Steps.attempt(1),
                () -> {
                  new CountDownLatch(1).await();
                  return new Retry("never");
                }))
        .isInstanceOf(Ambiguous.class);
  }

  @Test
  void questionEndsAtTheHardTimeoutToo() throws InterruptedException {
    assertThat(
            guard.ask(
                new Slow(false),
                Steps.attempt(1),
                () -> {
                  new CountDownLatch(1).await();
                  return Optional.empty();
                }))
        .get()
        .isInstanceOf(Ambiguous.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void brokenQuestionIsAValue() throws InterruptedException {
    assertThat(
            guard.ask(
                new Slow(true),
                Steps.attempt(1),
                () -> {
                  throw new IllegalStateException("no such field");
                }))
        .get()
        .isInstanceOf(Retry.class);
  }

  @Test
  void endOfTheProcessIsNoOutcome() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() ->
            guard.ask(
                new Slow(false),
                Steps.attempt(1),
                () -> {
                  new CountDownLatch(1).await();
                  return Optional.empty();
                }))
        .isInstanceOf(InterruptedException.class);
  }
}
