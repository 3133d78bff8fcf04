package io.kombine.system.simulator.invoice;

import io.kombine.system.simulator.call.ApiCall;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every call that a provider would bill, whether or not its answer arrived. Thread-safe. Holds at
 * most {@value #MAX_LINES} lines: at the limit no paid call is accepted any more, so that none goes
 * uncounted.
 */
public final class Invoice {

  /** Most lines. */
  public static final int MAX_LINES = 1_000_000;

  private final Clock clock;
  private final List<InvoiceLine> lines = new ArrayList<>();
  private long before;

  /** Without a line. */
  public Invoice(Clock clock) {
    this.clock = clock;
  }

  /** The invoice is at its limit. */
  public static final class FullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FullException() {
      super("The invoice is full: " + MAX_LINES + " lines.");
    }
  }

  /**
   * Bills a call.
   *
   * @return the line's number
   * @throws FullException at the limit; the call must not be accepted then
   */
  public synchronized long charge(ApiCall call, @Nullable String taskId, BigDecimal amount) {
    if (lines.size() >= MAX_LINES) {
      throw new FullException();
    }
    long number = before + lines.size() + 1;
    lines.add(InvoiceLine.of(number, clock.instant(), call, taskId, amount));
    return number;
  }

  /** Pays a line back. */
  public synchronized void refund(long number) {
    int index = (int) (number - before - 1);
    if (number > before && index < lines.size()) {
      lines.set(index, lines.get(index).refund());
    }
  }

  /** All lines, oldest first. */
  public synchronized List<InvoiceLine> lines() {
    return List.copyOf(lines);
  }

  /** The lines of one step, by what the calls said or by its id. */
  public List<InvoiceLine> linesOf(String step) {
    return lines().stream()
        .filter(line -> step.equals(line.step()) || step.equals(line.stepId()))
        .toList();
  }

  /** What is due in all. */
  public BigDecimal total() {
    return lines().stream().map(InvoiceLine::due).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** What is due, by vendor. */
  public Map<String, BigDecimal> totals() {
    Map<String, BigDecimal> totals = new TreeMap<>();
    lines().forEach(line -> totals.merge(line.vendor(), line.due(), BigDecimal::add));
    return totals;
  }

  /** Tears it up; numbers go on. */
  public synchronized void reset() {
    before += lines.size();
    lines.clear();
  }

  /**
   * As CSV (RFC 4180) with a head; texts that a spreadsheet would take for a formula are quoted.
   */
  public String csv() {
    StringBuilder csv = new StringBuilder(4096);
    csv.append("number,time,vendor,operation,key_id,model,step,step_id,fingerprint,task_id,amount,")
        .append("currency,refunded\r\n");
    for (InvoiceLine line : lines()) {
      csv.append(line.number()).append(',').append(line.time());
      field(csv, line.vendor());
      field(csv, line.operation());
      field(csv, line.keyId());
      field(csv, line.model());
      field(csv, line.step());
      field(csv, line.stepId());
      field(csv, line.fingerprint());
      field(csv, line.taskId());
      csv.append(',').append(line.amount().toPlainString()).append(',').append(line.currency());
      csv.append(',').append(line.refunded()).append("\r\n");
    }
    return csv.toString();
  }

  private static void field(StringBuilder csv, @Nullable String value) {
    csv.append(',');
    if (value == null || value.isEmpty()) {
      return;
    }
    String safe = "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    csv.append('"').append(safe.replace("\"", "\"\"")).append('"');
  }
}
