package io.kombine.system.crash;

import io.kombine.local.client.KombineClient;
import io.kombine.system.ProviderCalls;
import io.kombine.system.simulator.invoice.Invoice;
import io.kombine.system.simulator.invoice.InvoiceLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What has become of a batch, by everybody's account.
 *
 * @param end how many of its steps are in which state
 * @param begun calls that workers began
 * @param billed calls on the invoice
 * @param ledger {@code as billed} where batch-api's ledger adds up to the invoice, {@code list
 *     price} where nobody bills and it adds up to the quote, {@code open} where an entry has no
 *     amount yet; else what it adds up to
 */
record Ending(String end, int begun, int billed, String ledger) {

  static Ending of(
      KombineClient client, ProviderCalls calls, Invoice invoice, UUID batchId, JsonNode status)
      throws Exception {
    List<JsonNode> steps = new ArrayList<>();
    client.get("/api/batches/" + batchId + "/steps").path("steps").forEach(steps::add);
    Map<String, Long> states = new TreeMap<>();
    steps.forEach(step -> states.merge(step.path("state").asString().toLowerCase(), 1L, Long::sum));
    Set<UUID> ids =
        steps.stream()
            .map(step -> UUID.fromString(step.path("step_id").asString()))
            .collect(Collectors.toSet());
    List<InvoiceLine> lines =
        ids.stream().flatMap(id -> invoice.linesOf(id.toString()).stream()).toList();
    return new Ending(
        states.entrySet().stream()
            .map(state -> state.getValue() + " " + state.getKey())
            .collect(Collectors.joining(", ")),
        (int) calls.calls().stream().filter(call -> ids.contains(call.stepId())).count(),
        lines.size(),
        ledger(client.get("/api/batches/" + batchId + "/ledger"), lines, status));
  }

  private static String ledger(JsonNode ledger, List<InvoiceLine> lines, JsonNode status) {
    BigDecimal due = lines.stream().map(InvoiceLine::due).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode entry : ledger.path("entries")) {
      if (entry.path("cost").isNull()) {
        return "open";
      }
      sum = sum.add(entry.path("cost").decimalValue());
    }
    if (!lines.isEmpty() && sum.compareTo(due) == 0) {
      return "as billed";
    }
    BigDecimal quoted = status.path("cost").path("quoted").decimalValue();
    return lines.isEmpty() && sum.compareTo(quoted) == 0
        ? "list price"
        : sum.toPlainString() + " of " + due.toPlainString();
  }
}
