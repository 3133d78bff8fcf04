package io.kombine.worker.provider;

import io.kombine.contracts.RunStep;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes each call of another provider into the journal. */
final class JournaledStepProvider implements StepProvider {

  private final StepProvider provider;
  private final ProviderJournal journal;

  JournaledStepProvider(StepProvider provider, ProviderJournal journal) {
    this.provider = provider;
    this.journal = journal;
  }

  @Override
  public String name() {
    return provider.name();
  }

  @Override
  public ProviderOutcome call(ProviderCall call) throws InterruptedException {
    journal.begin(call.step());
    try {
      return provider.call(call);
    } finally {
      journal.end(call.step());
    }
  }

  @Override
  public Duration hardTimeout(RunStep step) {
    return provider.hardTimeout(step);
  }

  @Override
  public boolean resubmitSafe() {
    return provider.resubmitSafe();
  }

  @Override
  public boolean findsByIdempotencyKey() {
    return provider.findsByIdempotencyKey();
  }

  @Override
  public Optional<ProviderOutcome> ask(ProviderCall call, @Nullable String providerTaskId)
      throws InterruptedException {
    return provider.ask(call, providerTaskId);
  }
}
