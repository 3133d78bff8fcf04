package io.kombine.local.money;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The ledger and an invoice side by side, step by step. Pure. */
public final class Reconciliation {

  /** How the two sides differ about a step. */
  public enum Kind {
    /** The provider bills what the ledger does not have. */
    MISSING,
    /** The ledger has what the provider does not bill. */
    EXTRA,
    /** Both have it, at different amounts. */
    DIFFERENT,
    /** The ledger says that nobody knows, and the provider bills it or does not: no difference. */
    UNKNOWN
  }

  /** One step that is not the same on both sides. */
  public record Line(String step, Kind kind, BigDecimal ledger, BigDecimal invoice) {}

  private final List<Line> lines;
  private final int agreeing;

  private Reconciliation(List<Line> lines, int agreeing) {
    this.lines = List.copyOf(lines);
    this.agreeing = agreeing;
  }

  /**
   * @param ledger by step id
   * @param invoice by step id
   */
  public static Reconciliation of(Map<String, Bill> ledger, Map<String, Bill> invoice) {
    Set<String> steps = new TreeSet<>(ledger.keySet());
    steps.addAll(invoice.keySet());
    List<Line> lines = new ArrayList<>();
    int agreeing = 0;
    for (String step : steps) {
      Bill ours = ledger.getOrDefault(step, Bill.NONE);
      Bill theirs = invoice.getOrDefault(step, Bill.NONE);
      int more = theirs.amount().compareTo(ours.amount());
      if (ours.unknown() > 0 && more >= 0) {
        lines.add(new Line(step, Kind.UNKNOWN, ours.amount(), theirs.amount()));
      } else if (more == 0) {
        agreeing++;
      } else {
        Kind kind =
            ours.amount().signum() == 0
                ? Kind.MISSING
                : theirs.amount().signum() == 0 ? Kind.EXTRA : Kind.DIFFERENT;
        lines.add(new Line(step, kind, ours.amount(), theirs.amount()));
      }
    }
    return new Reconciliation(lines, agreeing);
  }

  /** Steps that differ or are unknown, by id. */
  public List<Line> lines() {
    return lines;
  }

  /** How many steps are the same on both sides. */
  public int agreeing() {
    return agreeing;
  }

  /** How many steps differ; an unknown one does not. */
  public long differences() {
    return lines.stream().filter(line -> line.kind() != Kind.UNKNOWN).count();
  }
}
