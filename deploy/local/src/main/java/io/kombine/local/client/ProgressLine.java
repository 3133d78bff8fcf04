package io.kombine.local.client;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * Shows a batch's status in one line of a terminal, drawn over and over; where the output is no
 * terminal, a new line for each change.
 */
public final class ProgressLine {

  private static final int BAR = 24;

  private final PrintWriter out;
  private final boolean terminal;
  private String shown = "";

  public ProgressLine(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Shows a status document, or a delta, which has the same fields. */
  public void show(JsonNode status) {
    String line = line(status);
    if (line.equals(shown)) {
      return;
    }
    shown = line;
    if (terminal) {
      out.print("\r\u001b[K" + line);
    } else {
      out.println(line);
    }
    out.flush();
  }

  /** Ends the line. */
  public void end() {
    if (terminal) {
      out.println();
      out.flush();
    }
  }

  private static String line(JsonNode status) {
    JsonNode counts = status.path("counts");
    int total = counts.path("total").asInt(0);
    int ended =
        counts.path("succeeded").asInt(0)
            + counts.path("failed").asInt(0)
            + counts.path("cancelled").asInt(0)
            + counts.path("skipped").asInt(0);
    int filled = total == 0 ? 0 : BAR * ended / total;
    List<String> stages = new ArrayList<>();
    for (JsonNode stage : status.path("stages")) {
      stages.add(
          "%s %d/%d"
              .formatted(
                  stage.path("kind").asString(),
                  stage.path("succeeded").asInt(0),
                  stage.path("total").asInt(0)));
    }
    JsonNode cost = status.path("cost");
    return String.format(
        Locale.ROOT,
        "%-11s [%s%s] %d/%d  %s  running %d  failed %d  files %d  spent %s %s",
        status.path("status").asString(""),
        "#".repeat(filled),
        ".".repeat(BAR - filled),
        ended,
        total,
        String.join("  ", stages),
        counts.path("running").asInt(0),
        counts.path("failed").asInt(0),
        status.path("delivery").path("files").asInt(0),
        cost.path("spent").decimalValue(BigDecimal.ZERO).toPlainString(),
        cost.path("currency").asString(""));
  }
}
