package io.kombine.i2v.provider.fal;

import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepKind;
import io.kombine.worker.provider.ProviderCall;
import io.kombine.worker.provider.ProviderOutcome;
import io.kombine.worker.provider.StepProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The provider {@code fal} of videos: submits a request to the queue of the app that is the step's
 * model, records its id, and asks until it ends; takes it out of the queue where the batch is
 * cancelled. fal knows no id of the caller's, so that a submission whose answer was lost stays
 * ambiguous.
 */
final class FalVideoProvider implements StepProvider {

  private static final Duration WITHOUT_ACCOUNT = Duration.ofMinutes(1);

  private final Map<String, FalQueue> accounts;

  FalVideoProvider(Map<String, FalQueue> accounts) {
    this.accounts = Map.copyOf(accounts);
  }

  @Override
  public String name() {
    return "fal";
  }

  @Override
  public Duration hardTimeout(RunStep step) {
    FalQueue queue = accounts.get(step.account());
    return queue == null ? WITHOUT_ACCOUNT : queue.hardTimeout();
  }

  @Override
  public ProviderOutcome call(ProviderCall call) throws InterruptedException {
    RunStep step = call.step();
    if (step.kind() != StepKind.I2V) {
      return new ProviderOutcome.Input("The fal provider makes videos only.");
    }
    FalQueue queue = accounts.get(step.account());
    if (queue == null) {
      return new ProviderOutcome.Auth(
          "This worker has no fal account named '" + step.account() + "'.");
    }
    FalApp app;
    FalOrder order;
    try {
      app = new FalApp(step.model());
      order = FalOrder.of(call, app);
    } catch (IllegalArgumentException refused) {
      return new ProviderOutcome.Input("fal cannot: " + refused.getMessage() + ".");
    } catch (IOException unreadable) {
      return new ProviderOutcome.Retry("The image could not be read: " + unreadable.getMessage());
    }
    return queue.make(call, app, order);
  }

  @Override
  public Optional<ProviderOutcome> ask(ProviderCall call, @Nullable String providerTaskId)
      throws InterruptedException {
    FalQueue queue = accounts.get(call.step().account());
    if (queue == null || providerTaskId == null) {
      return Optional.of(
          new ProviderOutcome.Ambiguous(
              "This worker cannot ask fal for the account '" + call.step().account() + "'."));
    }
    return Optional.of(queue.follow(call, new FalApp(call.step().model()), providerTaskId));
  }
}
