package io.kombine.batch.variant.catalog;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.kombine.batch.problem.FieldProblems;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.variant.catalog.ProductInput.ImageInput;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads products of CSV (RFC 4180, UTF-8, commas). The first line names the columns: {@code asin},
 * {@code title}, and for each variant a column of its name such as {@code MAIN} that holds an
 * image's URL or nothing. A line at a time is in memory.
 */
final class CsvProducts {

  private static final int MAX_FIELD = 64 * 1024;
  private static final List<String> KNOWN = List.of("asin", "title", "MAIN", "PT01");

  private CsvProducts() {}

  /**
   * Gives each record to the consumer.
   *
   * @throws ProblemException when the columns are wrong, or quotes are so broken that nobody can
   *     tell where records end
   */
  static void read(Reader text, Consumer<ImportedLine> consumer) throws IOException {
    long last = 1;
    try (CsvReader<CsvRecord> records =
        CsvReader.builder()
            .detectBomHeader(false)
            .skipEmptyLines(true)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .maxBufferSize(MAX_FIELD)
            .ofCsvRecord(text)) {
      List<String> columns = null;
      for (CsvRecord record : records) {
        last = record.getStartingLineNumber();
        if (columns == null) {
          columns = columns(record.getFields());
        } else {
          consumer.accept(line(record, columns));
        }
      }
      if (columns == null) {
        throw new ProblemException(ProblemType.INVALID_REQUEST, "The file is empty.");
      }
    } catch (CsvParseException | UncheckedIOException broken) {
      if (broken.getCause() instanceof CharacterCodingException) {
        throw new ProblemException(
            ProblemType.INVALID_REQUEST, "The file is not UTF-8, after line " + last + ".");
      }
      throw unreadable(last);
    }
  }

  private static ProblemException unreadable(long line) {
    FieldProblems problems = new FieldProblems();
    problems.add(
        "line " + (line + 1),
        "cannot be read: a quote does not end where a field ends, or a field is too long");
    return problems.toException(ProblemType.INVALID_REQUEST);
  }

  private static List<String> columns(List<String> names) {
    FieldProblems problems = new FieldProblems();
    List<String> columns = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String given : names) {
      String name = given.startsWith("\uFEFF") ? given.substring(1).strip() : given.strip();
      String lower = name.toLowerCase(Locale.ROOT);
      boolean known = lower.equals("asin") || lower.equals("title");
      String column = known ? lower : name;
      if (!known && !ProductChecks.isVariant(column)) {
        problems.add("line 1", "has the unknown column '" + cut(name) + "'", KNOWN);
      } else if (!seen.add(column)) {
        problems.add("line 1", "has the column " + column + " twice");
      }
      columns.add(column);
    }
    for (String required : List.of("asin", "title")) {
      if (!seen.contains(required)) {
        problems.add("line 1", "lacks the column " + required, KNOWN);
      }
    }
    problems.throwIfAny(ProblemType.INVALID_REQUEST);
    return columns;
  }

  private static String cut(String name) {
    return name.length() <= 40 ? name : name.substring(0, 40) + "…";
  }

  private static ImportedLine line(CsvRecord record, List<String> columns) {
    List<String> fields = record.getFields();
    long line = record.getStartingLineNumber();
    if (fields.size() != columns.size()) {
      return ImportedLine.broken(
          line, "has %d fields, not %d".formatted(fields.size(), columns.size()));
    }
    String asin = "";
    String title = "";
    List<ImageInput> images = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String value = fields.get(i);
      switch (columns.get(i)) {
        case "asin" -> asin = value;
        case "title" -> title = value;
        default -> {
          if (!value.isBlank()) {
            images.add(new ImageInput(columns.get(i), value));
          }
        }
      }
    }
    return ImportedLine.of(line, new ProductInput(asin, title, new ArrayList<>(images)));
  }
}
