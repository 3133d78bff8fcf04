package io.kombine.system.simulator.fault;

import io.kombine.system.simulator.http.Answer;
import io.kombine.system.simulator.http.Delivery;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What one call meets.
 *
 * @param rules in the script's order
 */
public record FiredFaults(List<FaultRule> rules) {

  /** Keeps a copy. */
  public FiredFaults {
    rules = List.copyOf(rules);
  }

  /** The first fault of that kind. */
  public Optional<FaultRule> first(FaultKind kind) {
    return rules.stream().filter(rule -> rule.fault() == kind).findFirst();
  }

  /** Whether there is a fault of that kind. */
  public boolean has(FaultKind kind) {
    return first(kind).isPresent();
  }

  /** The sum of the times of all faults of that kind. */
  public Duration time(FaultKind kind) {
    return Duration.ofMillis(
        rules.stream()
            .filter(rule -> rule.fault() == kind && rule.millis() != null)
            .mapToLong(FaultRule::millis)
            .sum());
  }

  /** What keeps the call from being accepted. */
  public Optional<FaultRule> refusing() {
    return in(FaultKind.Phase.REFUSED);
  }

  /** The answer as it reaches the caller. */
  public Answer disturb(Answer answer) {
    Optional<FaultRule> rule = in(FaultKind.Phase.DISTURBED);
    if (rule.isEmpty()) {
      return answer;
    }
    return switch (rule.get().fault()) {
      case DROP_AFTER -> Answer.dropped();
      case TRUNCATED -> answer.by(new Delivery.Truncated());
      case SLOW_BODY -> answer.by(new Delivery.Slow(time(FaultKind.SLOW_BODY)));
      case MALFORMED ->
          new Answer(
              answer.status(),
              answer.headers(),
              Arrays.copyOf(answer.body(), answer.body().length / 2),
              answer.delivery());
      default -> throw new IllegalStateException("not on the way back: " + rule.get().fault());
    };
  }

  private Optional<FaultRule> in(FaultKind.Phase phase) {
    return rules.stream().filter(rule -> rule.fault().phase() == phase).findFirst();
  }
}
