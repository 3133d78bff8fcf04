package io.kombine.system.soak.audit;

import io.kombine.system.soak.audit.Evidence.BatchFacts;
import io.kombine.system.soak.audit.Evidence.Billed;
import io.kombine.system.soak.audit.Evidence.Charge;
import io.kombine.system.soak.audit.Evidence.StepFacts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Step by step, what the provider bills is what both ledgers have, and nothing is billed twice
 * unless it was {@code UNKNOWN} and called again by decision.
 *
 * <p>A ledger's row without an amount is a call whose end nobody learnt: it stands for one line of
 * the invoice or for none.
 */
final class NoDoubleCharge implements Guarantee {

  @Override
  public String name() {
    return "NO_DOUBLE_CHARGE";
  }

  @Override
  public List<Violation> check(Evidence evidence) {
    List<String> found = new ArrayList<>();
    Map<UUID, List<Charge>> ledger = bySteps(evidence.ledger());
    Map<UUID, List<Charge>> calls = bySteps(evidence.calls());
    Map<UUID, List<Billed>> invoice = new HashMap<>();
    for (Billed line : evidence.invoice()) {
      if (line.stepId() == null) {
        found.add("Line %d of the invoice is no step's: %s.".formatted(line.number(), line));
      } else {
        invoice.computeIfAbsent(line.stepId(), any -> new ArrayList<>()).add(line);
      }
    }
    for (StepFacts step : evidence.steps()) {
      List<Billed> lines = invoice.getOrDefault(step.id(), List.of());
      int allowed = 1 + evidence.retries().getOrDefault(step.id(), 0);
      if (lines.size() > allowed) {
        found.add(
            "The %s is billed %d times and was to be called again by decision %d times: %s."
                .formatted(step, lines.size(), allowed - 1, lines));
      }
      compare(step, "batch-api's ledger", ledger, lines, found);
      compare(step, "the workers' ledger", calls, lines, found);
    }
    sums(evidence, found);
    return found.stream().map(what -> new Violation(name(), what)).toList();
  }

  private static void compare(
      StepFacts step,
      String where,
      Map<UUID, List<Charge>> ledger,
      List<Billed> invoice,
      List<String> found) {
    List<Charge> rows = ledger.getOrDefault(step.id(), List.of());
    List<BigDecimal> unmatched =
        new ArrayList<>(invoice.stream().map(line -> plain(line.amount())).toList());
    long unknown = rows.stream().filter(row -> row.amount() == null).count();
    List<BigDecimal> unbilled = new ArrayList<>();
    rows.stream()
        .map(Charge::amount)
        .filter(Objects::nonNull)
        .filter(amount -> amount.signum() != 0)
        .map(NoDoubleCharge::plain)
        .filter(amount -> !unmatched.remove(amount))
        .forEach(unbilled::add);
    if (!unbilled.isEmpty()) {
      found.add(
          "%s has %s for the %s, which the provider does not bill: %s against %s."
              .formatted(where, unbilled, step, rows, invoice));
    }
    if (unmatched.size() > unknown) {
      found.add(
          "The provider bills %s for the %s, which %s does not have: %s against %s."
              .formatted(unmatched, step, where, invoice, rows));
    }
  }

  /** What a batch has spent is the sum of its ledger's rows. */
  private static void sums(Evidence evidence, List<String> found) {
    Map<UUID, UUID> batchOf = new HashMap<>();
    evidence.steps().forEach(step -> batchOf.put(step.id(), step.batchId()));
    Map<UUID, BigDecimal> sums = new HashMap<>();
    for (Charge row : evidence.ledger()) {
      UUID batch = batchOf.get(row.stepId());
      if (batch != null && row.amount() != null) {
        sums.merge(batch, row.amount(), BigDecimal::add);
      }
    }
    for (BatchFacts batch : evidence.batches()) {
      BigDecimal sum = sums.getOrDefault(batch.id(), BigDecimal.ZERO);
      if (sum.compareTo(batch.spent()) != 0) {
        found.add(
            "Batch %s has spent %s by its row and %s by its ledger."
                .formatted(batch.id(), batch.spent(), sum));
      }
    }
  }

  private static Map<UUID, List<Charge>> bySteps(List<Charge> rows) {
    Map<UUID, List<Charge>> bySteps = new HashMap<>();
    rows.forEach(row -> bySteps.computeIfAbsent(row.stepId(), any -> new ArrayList<>()).add(row));
    return bySteps;
  }

  private static BigDecimal plain(BigDecimal amount) {
    return amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
  }

  @Override
  public String toString() {
    return name();
  }
}
