package io.kombine.batch.variant.catalog;

import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.FieldProblems;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.variant.catalog.ImportResult.LineError;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Brings files of products into the catalog, in one transaction a file: the lines that are right
 * are imported, the others reported; a file that can't be read to its end changes nothing. Of
 * several lines with one ASIN the last one's title stays and all their images. A file may be
 * imported again.
 */
@Service
public class ProductImport {

  private static final int CHUNK = 1_000;

  private final ProductChecks checks;
  private final ProductRows rows;
  private final ImportProperties properties;
  private final JsonMapper json;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final Semaphore places;

  ProductImport(
      ProductChecks checks,
      ProductRows rows,
      ImportProperties properties,
      JsonMapper json,
      TransactionTemplate transaction,
      Clock clock) {
    this.checks = checks;
    this.rows = rows;
    this.properties = properties;
    this.json = json;
    this.transaction = transaction;
    this.clock = clock;
    this.places = new Semaphore(properties.atOnce());
  }

  /** What a file may be. */
  public enum Format {
    CSV,
    JSON
  }

  /** The largest file. */
  public long maxBytes() {
    return properties.maxSize().toBytes();
  }

  /**
   * Imports a file.
   *
   * @throws ProblemException when it can't be read to its end, holds too many products, or too many
   *     imports run; nothing is imported then
   */
  public ImportResult run(String owner, Path file, Format format) throws IOException {
    if (!places.tryAcquire()) {
      throw new ProblemException(
          ProblemType.BUSY, "Other imports are running; try again in a moment.");
    }
    try {
      return transaction.execute(_ -> {
        try (Reader text = utf8(file)) {
          Run run = new Run(owner);
          if (format == Format.CSV) {
            CsvProducts.read(text, run::take);
          } else {
            JsonProducts.read(text, json, run::take);
          }
          return run.end();
        } catch (IOException failed) {
          throw new UncheckedIOException(failed);
        }
      });
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    } finally {
      places.release();
    }
  }

  private static Reader utf8(Path file) throws IOException {
    return new InputStreamReader(
        Files.newInputStream(file),
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  private final class Run {

    private final String owner;
    private final OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    private final Map<String, NewProduct> chunk = new LinkedHashMap<>();
    private final List<LineError> errors = new ArrayList<>();
    private int taken;
    private int imported;
    private int failed;

    Run(String owner) {
      this.owner = owner;
    }

    void take(ImportedLine line) {
      taken++;
      if (taken > properties.maxProducts()) {
        throw new ProblemException(
            ProblemType.INVALID_REQUEST,
            "line %d: is beyond the %d products of a file."
                .formatted(line.line(), properties.maxProducts()));
      }
      FieldProblems problems = new FieldProblems();
      if (line.product() == null) {
        fail(new LineError(line.line(), null, String.valueOf(line.unreadable()), null));
        return;
      }
      NewProduct product = checks.product(owner, line.product(), problems);
      if (problems.isEmpty()) {
        add(product);
        return;
      }
      failed++;
      for (FieldProblem problem : problems.toException(ProblemType.INVALID_REQUEST).errors()) {
        tell(LineError.of(line.line(), problem));
      }
    }

    private void add(NewProduct product) {
      imported++;
      if (chunk.containsKey(product.asin())) {
        flush();
      }
      chunk.put(product.asin(), product);
      if (chunk.size() == CHUNK) {
        flush();
      }
    }

    private void fail(LineError error) {
      failed++;
      tell(error);
    }

    private void tell(LineError error) {
      if (errors.size() < ImportResult.MAX_ERRORS) {
        errors.add(error);
      }
    }

    private void flush() {
      if (!chunk.isEmpty()) {
        rows.upsert(owner, List.copyOf(chunk.values()), now);
        chunk.clear();
      }
    }

    ImportResult end() {
      flush();
      return new ImportResult(imported, failed, errors);
    }
  }
}
