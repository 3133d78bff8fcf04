package io.kombine.batch.eta;

import io.kombine.batch.eta.CallTimes.Quantiles;
import io.kombine.batch.plan.PlannedStep;
import io.kombine.batch.plan.PricedPlan;
import io.kombine.contracts.StepKind;
import io.kombine.worker.topic.StageProperties;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * How long a plan would take if it had the stages for itself, without the time that people take to
 * decide: from the calls observed of its models, or where there are none from what is configured as
 * typical.
 */
@Component
public class Durations {

  /** Without observations nine in ten calls are taken to last at most twice what is typical. */
  private static final double TYPICAL_P90 = 2;

  private final JdbcClient jdbc;
  private final StageProperties stages;
  private final EtaProperties properties;

  Durations(JdbcClient jdbc, StageProperties stages, EtaProperties properties) {
    this.jdbc = jdbc;
    this.stages = stages;
    this.properties = properties;
  }

  /** Half of all such plans are done by the first, nine in ten by the second. */
  public record Expected(long p50Seconds, long p90Seconds) {}

  /** Of the steps that would run; nothing takes no time. */
  @Transactional(readOnly = true)
  public Expected of(PricedPlan plan) {
    return of(calls(plan));
  }

  private Expected of(Collection<Calls> calls) {
    CallTimes times = new CallTimes(jdbc);
    List<Remaining> remaining =
        calls.stream()
            .map(each -> {
              Quantiles time = times.of(each.kind(), each.model()).orElseGet(() -> typical(each));
              return new Remaining(
                  each.kind(),
                  each.number(),
                  stages.of(each.kind()).calls(),
                  time.p50Seconds(),
                  time.p90Seconds());
            })
            .toList();
    return Eta.of(remaining)
        .map(eta -> new Expected(eta.p50Seconds(), eta.p90Seconds()))
        .orElse(new Expected(0, 0));
  }

  private static List<Calls> calls(PricedPlan priced) {
    Map<StepKind, Map<String, Integer>> numbers = new TreeMap<>();
    for (PlannedStep step : priced.plan().steps()) {
      if (!priced.reused().contains(step.ordinal())) {
        numbers
            .computeIfAbsent(step.kind(), any -> new TreeMap<>())
            .merge(step.model(), 1, Integer::sum);
      }
    }
    List<Calls> calls = new ArrayList<>();
    numbers.forEach((kind, models) ->
        models.forEach((model, number) -> calls.add(new Calls(kind, model, number))));
    return calls;
  }

  private Quantiles typical(Calls calls) {
    double seconds = properties.typicalOf(calls.kind(), calls.model()).toMillis() / 1_000.0;
    return new Quantiles(seconds, TYPICAL_P90 * seconds);
  }

  /** Calls of one kind to one model. */
  private record Calls(StepKind kind, String model, int number) {}
}
