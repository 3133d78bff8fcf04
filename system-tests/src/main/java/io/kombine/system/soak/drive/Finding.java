package io.kombine.system.soak.drive;

import io.kombine.system.soak.audit.Evidence;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a run came to.
 *
 * @param kills by process
 * @param ends how often a process ended by itself and was started again
 * @param unanswered how often a status was asked for and not given, by what came instead
 */
public record Finding(
    long seed,
    long seconds,
    Map<String, Integer> kills,
    int pauses,
    int ends,
    int retried,
    int givenUp,
    Map<String, Integer> unanswered,
    Evidence evidence) {

  /** All processes' kills. */
  public int allKills() {
    return kills.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Steps by state. */
  public Map<String, Long> states() {
    return evidence.steps().stream()
        .collect(Collectors.groupingBy(Evidence.StepFacts::state, Collectors.counting()));
  }

  /** What the providers bill. */
  public BigDecimal invoiced() {
    return evidence.invoice().stream()
        .map(Evidence.Billed::amount)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** What batch-api's ledger has. */
  public BigDecimal inLedger() {
    return sum(evidence.ledger());
  }

  /** How many calls of batch-api's ledger have an amount that nobody learnt. */
  public long unlearnt() {
    return evidence.ledger().stream().filter(row -> row.amount() == null).count();
  }

  private static BigDecimal sum(List<Evidence.Charge> rows) {
    return rows.stream()
        .map(Evidence.Charge::amount)
        .filter(Objects::nonNull)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
