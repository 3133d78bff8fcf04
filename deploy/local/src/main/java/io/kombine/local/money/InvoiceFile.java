package io.kombine.local.money;

import io.kombine.local.process.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A provider's invoice as CSV (RFC 4180) with a head; its columns may come in any order and others
 * beside them. Needed are {@code step_id} or {@code step}, {@code amount} and {@code currency};
 * {@code vendor} is used where it is there, and a line whose {@code refunded} is true counts
 * nothing. A record fits on one line.
 */
public final class InvoiceFile {

  private final Map<String, Bill> bills = new LinkedHashMap<>();
  private final Set<String> vendors = new TreeSet<>();
  private final Set<String> currencies = new TreeSet<>();

  private InvoiceFile() {}

  /**
   * @throws StackException when it cannot be read; the message names the line
   */
  public static InvoiceFile read(Path file) {
    InvoiceFile invoice = new InvoiceFile();
    try (Stream<String> lines = Files.lines(file)) {
      Map<String, Integer> columns = new HashMap<>();
      int[] number = {0};
      lines.forEach(line -> {
        number[0]++;
        if (line.isBlank()) {
          return;
        }
        List<String> fields = fields(line);
        if (columns.isEmpty()) {
          for (int i = 0; i < fields.size(); i++) {
            columns.put(fields.get(i).strip(), i);
          }
          check(file, columns);
        } else {
          invoice.add(file, number[0], columns, fields);
        }
      });
      if (columns.isEmpty()) {
        throw new StackException(file + " is empty; an invoice has a head at least.");
      }
    } catch (IOException | UncheckedIOException e) {
      throw new StackException(file + " cannot be read: " + e.getMessage(), e);
    }
    return invoice;
  }

  public Map<String, Bill> bills() {
    return Map.copyOf(bills);
  }

  public Set<String> vendors() {
    return Set.copyOf(vendors);
  }

  public Set<String> currencies() {
    return Set.copyOf(currencies);
  }

  private void add(Path file, int number, Map<String, Integer> columns, List<String> fields) {
    try {
      String step = field(columns, fields, columns.containsKey("step_id") ? "step_id" : "step");
      boolean refunded = Boolean.parseBoolean(field(columns, fields, "refunded"));
      BigDecimal amount =
          refunded ? BigDecimal.ZERO : new BigDecimal(field(columns, fields, "amount"));
      bills.merge(step.isEmpty() ? "(no step)" : step, new Bill(1, amount, 0), Bill::plus);
      currencies.add(field(columns, fields, "currency"));
      String vendor = field(columns, fields, "vendor");
      if (!vendor.isEmpty()) {
        vendors.add(vendor);
      }
    } catch (NumberFormatException e) {
      throw new StackException("%s, line %d: amount is no number.".formatted(file, number), e);
    }
  }

  private static void check(Path file, Map<String, Integer> columns) {
    boolean steps = columns.containsKey("step_id") || columns.containsKey("step");
    if (!steps || !columns.containsKey("amount") || !columns.containsKey("currency")) {
      throw new StackException(
          "%s has the columns %s, but needs step_id, amount and currency."
              .formatted(file, new TreeSet<>(columns.keySet())));
    }
  }

  private static String field(Map<String, Integer> columns, List<String> fields, String name) {
    Integer index = columns.get(name);
    return index == null || index >= fields.size() ? "" : fields.get(index).strip();
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
