package io.kombine.worker.limit;

import io.kombine.worker.provider.ProviderOutcome;
import io.kombine.worker.provider.ProviderOutcome.Ambiguous;
import io.kombine.worker.provider.ProviderOutcome.Auth;
import io.kombine.worker.provider.ProviderOutcome.Billing;
import io.kombine.worker.provider.ProviderOutcome.Input;
import io.kombine.worker.provider.ProviderOutcome.Policy;
import io.kombine.worker.provider.ProviderOutcome.Retry;
import io.kombine.worker.provider.ProviderOutcome.Stopped;
import io.kombine.worker.provider.ProviderOutcome.Succeeded;
import io.kombine.worker.provider.ProviderOutcome.Wait;
import java.time.Instant;
import java.util.UUID;

/** What a call's outcome does to its account's breaker. Pure. */
final class BreakerRule {

  private final BreakerProperties properties;

  BreakerRule(BreakerProperties properties) {
    this.properties = properties;
  }

  /** While it is not closed only the probe's word counts: other calls had begun before. */
  Breaker after(Breaker breaker, ProviderOutcome outcome, UUID step, boolean probe, Instant now) {
    boolean heard = breaker.closed() || probe;
    return switch (outcome) {
      // why not only success: a provider that judges a request is there
      case Succeeded _, Policy _, Input _, Stopped _ -> heard ? Breaker.CLOSED : breaker;
      case Wait wait -> probe ? breaker.delayed(now.plus(PaceRule.bounded(wait.pause()))) : breaker;
      case Retry retry -> failed(breaker, retry.message(), step, probe, now);
      case Ambiguous ambiguous -> failed(breaker, ambiguous.message(), step, probe, now);
      case Auth auth -> refused(breaker, auth.message(), probe, now);
      case Billing billing -> refused(breaker, billing.message(), probe, now);
    };
  }

  private Breaker failed(Breaker breaker, String why, UUID step, boolean probe, Instant now) {
    if (!breaker.closed()) {
      int opens = breaker.opens() + 1;
      return probe ? breaker.opened(opens, now.plus(properties.pauseAfter(opens)), why) : breaker;
    }
    if (step.equals(breaker.lastFailed())) {
      return breaker;
    }
    Breaker counted = breaker.counting(step);
    return counted.failures() < properties.failures()
        ? counted
        : counted.opened(0, now.plus(properties.pauseAfter(0)), why);
  }

  private Breaker refused(Breaker breaker, String why, boolean probe, Instant now) {
    return breaker.state() == Breaker.State.PAUSED && !probe
        ? breaker
        : breaker.paused(now.plus(properties.refusedPause()), why);
  }
}
