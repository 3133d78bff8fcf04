package io.kombine.batch.ledger.web;

import io.kombine.batch.access.Owner;
import io.kombine.batch.ledger.LedgerCsv;
import io.kombine.batch.ledger.LedgerPage;
import io.kombine.batch.ledger.LedgerReads;
import io.kombine.batch.ledger.LedgerScope;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.read.BatchReads;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What calls were billed, of a batch or of a day. */
@RestController
class LedgerController {

  private static final String LIMIT = "200";

  private final BatchReads batches;
  private final LedgerReads ledger;
  private final LedgerCsv csv;

  LedgerController(BatchReads batches, LedgerReads ledger, LedgerCsv csv) {
    this.batches = batches;
    this.ledger = ledger;
    this.csv = csv;
  }

  @GetMapping("/api/batches/{id}/ledger")
  LedgerPage ofBatch(
      Owner owner,
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = LIMIT) int limit) {
    return ledger.page(batch(owner, id), cursor, bounded(limit));
  }

  @GetMapping("/api/batches/{id}/ledger.csv")
  void csvOfBatch(Owner owner, @PathVariable UUID id, HttpServletResponse response)
      throws IOException {
    send(batch(owner, id), "ledger-" + id + ".csv", response);
  }

  /**
   * @param day in UTC, as {@code 2026-11-21}
   */
  @GetMapping("/api/ledger")
  LedgerPage ofDay(
      Owner owner,
      @RequestParam String day,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = LIMIT) int limit) {
    return ledger.page(LedgerScope.ofDay(owner.name(), date(day)), cursor, bounded(limit));
  }

  @GetMapping("/api/ledger.csv")
  void csvOfDay(Owner owner, @RequestParam String day, HttpServletResponse response)
      throws IOException {
    LocalDate date = date(day);
    send(LedgerScope.ofDay(owner.name(), date), "ledger-" + date + ".csv", response);
  }

  private LedgerScope batch(Owner owner, UUID id) {
    if (!batches.exists(owner.name(), id)) {
      throw new ProblemException(
          ProblemType.BATCH_NOT_FOUND, "There is no batch " + id + " of yours.");
    }
    return LedgerScope.ofBatch(owner.name(), id);
  }

  private void send(LedgerScope scope, String name, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/csv;charset=UTF-8");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-store");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment().filename(name).build().toString());
    Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
    csv.write(scope, out);
  }

  private static LocalDate date(String day) {
    try {
      return LocalDate.parse(day);
    } catch (DateTimeException unreadable) {
      throw wrong("day", "must be a date such as 2026-11-21");
    }
  }

  private static int bounded(int limit) {
    if (limit < 1 || limit > LedgerReads.MAX_LIMIT) {
      throw wrong("limit", "must be from 1 to " + LedgerReads.MAX_LIMIT);
    }
    return limit;
  }

  private static ProblemException wrong(String parameter, String message) {
    return ProblemException.of(ProblemType.INVALID_REQUEST, FieldProblem.of(parameter, message));
  }
}
