package io.kombine.system.soak.drive;

import io.kombine.system.soak.audit.Evidence.StatusFacts;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Reads a batch's status as REST clients get it. */
final class StatusWords {

  private static final String TOTAL = "total";

  private StatusWords() {}

  static int total(JsonNode status) {
    return status.path("counts").path(TOTAL).asInt(-1);
  }

  /** What the states' counts add up to. */
  static int sum(JsonNode status) {
    return counts(status).values().stream().mapToInt(Integer::intValue).sum();
  }

  static StatusFacts facts(String process, UUID batchId, JsonNode status) {
    return new StatusFacts(
        process,
        batchId,
        status.path("status").asString(""),
        counts(status),
        status.path("cost").path("spent").decimalValue(BigDecimal.ONE.negate()));
  }

  private static Map<String, Integer> counts(JsonNode status) {
    Map<String, Integer> counts = new TreeMap<>();
    status
        .path("counts")
        .properties()
        .forEach(count -> {
          if (!count.getKey().equals(TOTAL) && count.getValue().asInt() != 0) {
            counts.put(count.getKey().toUpperCase(Locale.ROOT), count.getValue().asInt());
          }
        });
    return counts;
  }
}
