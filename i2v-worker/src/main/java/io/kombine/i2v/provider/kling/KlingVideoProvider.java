package io.kombine.i2v.provider.kling;

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
 * The provider {@code kling} of videos: creates a task under the call's own id, records Kling's id
 * of it, and asks until it ends. A creation whose answer was lost is looked for by that own id.
 */
final class KlingVideoProvider implements StepProvider {

  private static final Duration WITHOUT_ACCOUNT = Duration.ofMinutes(1);

  private final Map<String, KlingTasks> accounts;

  KlingVideoProvider(Map<String, KlingTasks> accounts) {
    this.accounts = Map.copyOf(accounts);
  }

  @Override
  public String name() {
    return "kling";
  }

  @Override
  public Duration hardTimeout(RunStep step) {
    KlingTasks tasks = accounts.get(step.account());
    return tasks == null ? WITHOUT_ACCOUNT : tasks.hardTimeout();
  }

  @Override
  public boolean findsByIdempotencyKey() {
    return true;
  }

  @Override
  public ProviderOutcome call(ProviderCall call) throws InterruptedException {
    RunStep step = call.step();
    if (step.kind() != StepKind.I2V) {
      return new ProviderOutcome.Input("The Kling provider makes videos only.");
    }
    KlingTasks tasks = accounts.get(step.account());
    if (tasks == null) {
      return new ProviderOutcome.Auth(
          "This worker has no Kling account named '" + step.account() + "'.");
    }
    KlingOrder order;
    try {
      order = KlingOrder.of(call);
    } catch (IllegalArgumentException refused) {
      return new ProviderOutcome.Input("Kling cannot: " + refused.getMessage() + ".");
    } catch (IOException unreadable) {
      return new ProviderOutcome.Retry("The image could not be read: " + unreadable.getMessage());
    }
    return tasks.make(call, order);
  }

  @Override
  public Optional<ProviderOutcome> ask(ProviderCall call, @Nullable String providerTaskId)
      throws InterruptedException {
    KlingTasks tasks = accounts.get(call.step().account());
    if (tasks == null) {
      return Optional.of(
          new ProviderOutcome.Ambiguous(
              "This worker has no Kling account named '" + call.step().account() + "'."));
    }
    return providerTaskId == null
        ? tasks.find(call)
        : Optional.of(tasks.follow(call, providerTaskId));
  }
}
