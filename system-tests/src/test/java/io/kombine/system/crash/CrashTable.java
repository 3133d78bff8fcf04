package io.kombine.system.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The table of the documentation, between two lines of its page. */
final class CrashTable {

  private static final String FROM = "<!-- table: CrashPointsIT -->\n";
  private static final String TO = "<!-- /table -->\n";
  private static final String HEAD =
      """
      | Process | Dies at | Provider | What is there | The next process | Steps | Calls begun | Billed | Ledger |
      |---|---|---|---|---|---|---|---|---|
      """;

  private CrashTable() {}

  /** In the order of the rows; those that were not run are left out. */
  static String of(List<CrashRow> rows, Map<CrashRow, String> there, Map<CrashRow, Ending> ends) {
    return rows.stream()
        .filter(ends::containsKey)
        .map(row -> {
          Ending end = ends.get(row);
          return "| %s | %s | %s | %s | %s | %s | %d | %d | %s |\n"
              .formatted(
                  row.service(),
                  row.boundary(),
                  row.work().provider(),
                  there.get(row),
                  row.afterwards(),
                  end.end(),
                  end.begun(),
                  end.billed(),
                  end.ledger());
        })
        .collect(Collectors.joining("", HEAD, ""));
  }

  /** The table that a page has. */
  static String in(Path page) throws IOException {
    String text = Files.readString(page);
    return text.substring(start(text), end(text));
  }

  /** Gives a page another table. */
  static void write(Path page, String table) throws IOException {
    String text = Files.readString(page);
    Files.writeString(page, text.substring(0, start(text)) + table + text.substring(end(text)));
  }

  private static int start(String text) {
    return found(text, FROM) + FROM.length();
  }

  private static int end(String text) {
    return found(text, TO);
  }

  private static int found(String text, String line) {
    int at = text.indexOf(line);
    if (at < 0) {
      throw new IllegalStateException("the page has no line " + line.strip());
    }
    return at;
  }
}
