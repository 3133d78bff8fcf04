package io.kombine.local.command;

import io.kombine.local.money.Bill;
import io.kombine.local.money.InvoiceFile;
import io.kombine.local.money.LedgerRows;
import io.kombine.local.money.Reconciliation;
import io.kombine.local.process.StackException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Compares the ledger with a provider's invoice. */
@Command(
    name = "reconcile",
    description = "Compare the ledger with a provider's invoice; exit code 4 where they differ.",
    mixinStandardHelpOptions = true)
final class ReconcileCommand implements Callable<Integer> {

  private static final int DIFFERENT = 4;

  @ParentCommand private KombineCommand kombine = new KombineCommand();

  @Parameters(
      paramLabel = "INVOICE",
      description = "The invoice as CSV with the columns vendor, step_id, amount, currency.")
  private Path file = Path.of("");

  @Option(
      names = "--provider",
      description = "Whose steps to compare; without it, those of the invoice's vendors.")
  private List<String> providers = new ArrayList<>();

  @Override
  public Integer call() {
    InvoiceFile invoice = InvoiceFile.read(file);
    if (invoice.currencies().size() != 1) {
      throw new StackException(
          "The invoice has the currencies %s; one can be compared at a time."
              .formatted(invoice.currencies()));
    }
    Map<String, Bill> ledger =
        new LedgerRows(kombine.stack().build().database())
            .bills(
                providers.isEmpty() ? invoice.vendors() : providers,
                invoice.currencies().iterator().next());
    Reconciliation result = Reconciliation.of(ledger, invoice.bills());
    PrintWriter out = kombine.out();
    for (Reconciliation.Line line : result.lines()) {
      out.printf(
          "%-10s %s  ledger %s  invoice %s%n",
          line.kind().name().toLowerCase(Locale.ROOT),
          line.step(),
          line.ledger().toPlainString(),
          line.invoice().toPlainString());
    }
    out.printf("%d steps agree, %d differ.%n", result.agreeing(), result.differences());
    out.flush();
    return result.differences() == 0 ? 0 : DIFFERENT;
  }
}
