package io.kombine.worker.limit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code kombine_account_tokens_total{account,result}}: what became of questions for a token;
 * {@code kombine_account_breaker{account}}: 1 while the account's steps are held back, 0 otherwise;
 * {@code kombine_account_wait_seconds{account}}: the pauses that steps were told.
 */
final class LimitMetrics {

  private final Map<String, AtomicInteger> breakers = new ConcurrentHashMap<>();
  private final MeterRegistry registry;

  LimitMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  Admission admitted(String account, Admission admission) {
    switch (admission) {
      case Admission.Granted _ -> count(account, "granted");
      case Admission.Later(Duration pause) -> waits(account, "later", pause);
      case Admission.Held(Duration pause, String _) -> waits(account, "held", pause);
      case Admission.Refused _ -> count(account, "refused");
    }
    return admission;
  }

  void returned(String account) {
    count(account, "returned");
  }

  void breaker(String account, boolean open) {
    breakers
        .computeIfAbsent(
            account,
            name -> {
              AtomicInteger value = new AtomicInteger();
              Gauge.builder("kombine.account.breaker", value, AtomicInteger::get)
                  .tag("account", name)
                  .description("Whether the account's steps are held back")
                  .register(registry);
              return value;
            })
        .set(open ? 1 : 0);
  }

  private void waits(String account, String result, Duration pause) {
    count(account, result);
    Timer.builder("kombine.account.wait")
        .tag("account", account)
        .description("Pauses that steps were told to make for their account")
        .register(registry)
        .record(pause);
  }

  private void count(String account, String result) {
    Counter.builder("kombine.account.tokens")
        .tag("account", account)
        .tag("result", result)
        .description("Questions for an account's token, by what became of them")
        .register(registry)
        .increment();
  }
}
