package io.kombine.batch.ledger;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The ledger as CSV (RFC 4180, UTF-8), read page by page, so that a ledger of any size takes
 * bounded memory. An amount that nobody knows is an empty field.
 */
@Component
public class LedgerCsv {

  private static final String HEADER =
      "time,batch_id,step_id,kind,account,provider,model,epoch,attempt,outcome,cost,held,currency";

  private final LedgerReads reads;

  LedgerCsv(LedgerReads reads) {
    this.reads = reads;
  }

  /** Writes all entries of the scope; each page is a transaction of its own. */
  public void write(LedgerScope scope, Writer out) throws IOException {
    out.write(HEADER + "\r\n");
    String cursor = null;
    do {
      LedgerPage page = reads.page(scope, cursor, LedgerReads.MAX_LIMIT);
      for (LedgerEntry entry : page.entries()) {
        out.write(line(entry));
      }
      cursor = page.nextCursor();
    } while (cursor != null);
    out.flush();
  }

  static String line(LedgerEntry entry) {
    return Stream.of(
                entry.time().toString(),
                entry.batchId().toString(),
                entry.stepId().toString(),
                entry.kind().wireName(),
                entry.account(),
                entry.provider(),
                entry.model(),
                Integer.toString(entry.epoch()),
                Integer.toString(entry.attempt()),
                entry.outcome().name().toLowerCase(Locale.ROOT),
                amount(entry.cost()),
                amount(entry.held()),
                entry.currency())
            .map(LedgerCsv::field)
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  private static String amount(@Nullable BigDecimal amount) {
    return amount == null ? "" : amount.toPlainString();
  }

  private static String field(String text) {
    // why the first characters: a spreadsheet would take such a field for a formula
    String safe = !text.isEmpty() && "=+-@\t".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
        ? '"' + safe.replace("\"", "\"\"") + '"'
        : safe;
  }
}
