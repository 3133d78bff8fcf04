package io.kombine.worker.claim;

import io.kombine.contracts.StepKind;
import io.kombine.worker.topic.StageCap;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;

/**
 * {@code kombine_inflight{stage}}: calls that this process has begun and not settled; {@code
 * kombine_cap{stage}}: the most of the whole cluster; {@code kombine_claims_total{stage,result}}:
 * what became of reservations, beginnings and ends.
 */
final class ClaimMetrics {

  private final MeterRegistry registry;
  private final Map<StepKind, StageCap> caps;

  ClaimMetrics(MeterRegistry registry, Map<StepKind, StageCap> caps) {
    this.registry = registry;
    this.caps = caps;
  }

  void watch(HeldClaims held) {
    caps.forEach((kind, cap) -> {
      Gauge.builder("kombine.inflight", held, claims -> claims.begunOf(kind))
          .tag("stage", kind.wireName())
          .description("Paid calls of this process under way")
          .register(registry);
      Gauge.builder("kombine.cap", cap, StageCap::calls)
          .tag("stage", kind.wireName())
          .description("Most paid calls of the stage in flight, over all workers")
          .register(registry);
    });
  }

  void reserved(StepKind kind, Reservation reservation) {
    count(
        kind,
        switch (reservation) {
          case Reservation.Fresh fresh -> "fresh";
          case Reservation.TakenOver takenOver -> "taken_over";
          case Reservation.Exhausted exhausted -> "exhausted";
          case Reservation.Answered answered -> "answered";
          case Reservation.Busy busy -> "busy";
          case Reservation.Duplicate duplicate -> "duplicate";
          case Reservation.Forbidden forbidden -> "forbidden";
        });
  }

  void began(StepKind kind, Begin begin) {
    count(
        kind,
        switch (begin) {
          case Begin.Granted granted -> "begun";
          case Begin.Lost lost -> "lost";
          case Begin.NoSlot noSlot -> "no_slot";
          case Begin.Forbidden forbidden -> "forbidden";
        });
  }

  void settled(StepKind kind, Claims.End end, boolean answers) {
    count(
        kind,
        answers
            ? switch (end) {
              case SETTLED -> "settled";
              case RELEASED -> "released";
              case UNKNOWN -> "unknown";
            }
            : "superseded");
  }

  private void count(StepKind kind, String result) {
    Counter.builder("kombine.claims")
        .tag("stage", kind.wireName())
        .tag("result", result)
        .description("Reservations, beginnings and ends of claims, by what became of them")
        .register(registry)
        .increment();
  }
}
