package io.kombine.batch.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.batch.control.Decision;
import io.kombine.batch.ledger.LedgerEntry;
import io.kombine.batch.ledger.LedgerPage;
import io.kombine.batch.ledger.LedgerReads;
import io.kombine.batch.ledger.LedgerScope;
import io.kombine.batch.money.CountingWorkers.Outcome;
import io.kombine.contracts.StepState;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class LedgerIT extends MoneyTest {

  @Autowired LedgerReads ledger;

  @Test
  void everyBilledCallIsAnEntryAndTheirSumIsWhatWasSpent() {
    UUID id = batch("books", 5, 1, price("0.01", "0.02"), null);
    within(30).until(() -> succeeded(id) == 10);

    List<LedgerEntry> entries = new ArrayList<>();
    String cursor = null;
    do {
      LedgerPage page = ledger.page(LedgerScope.ofBatch("books", id), cursor, 3);
      entries.addAll(page.entries());
      cursor = page.nextCursor();
    } while (cursor != null);
    assertThat(entries).hasSize(10).doesNotHaveDuplicates();
    assertThat(entries)
        .extracting(LedgerEntry::cost)
        .allSatisfy(cost -> assertThat(cost).isEqualByComparingTo("0.01"));
    assertThat(entries).extracting(LedgerEntry::outcome).containsOnly(StepState.SUCCEEDED);
    assertThat(row(id).spent()).isEqualByComparingTo("0.10");
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    assertThat(ledger.page(LedgerScope.ofDay("books", today), null, 100).entries()).hasSize(10);
    assertThat(ledger.page(LedgerScope.ofDay("books", today.minusDays(2)), null, 9).entries())
        .isEmpty();
    assertThat(ledger.page(LedgerScope.ofBatch("other", id), null, 9).entries()).isEmpty();
  }

  @Test
  void unknownCallIsShownWithoutAnAmountAndStaysSoWhenItIsTriedAgain() {
    workers.behaviour = step -> new Outcome(StepState.UNKNOWN, null);
    UUID id = batch("unknown", 1, 0, price("0.01", "0.02"), null);
    within(30)
        .until(() ->
            count("SELECT count(*) FROM steps WHERE batch_id = ? AND state = 'UNKNOWN'", id) == 1);
    LedgerEntry open = entries("unknown", id).getFirst();
    assertThat(open.outcome()).isEqualTo(StepState.UNKNOWN);
    assertThat(open.cost()).isNull();
    assertThat(open.held()).isEqualByComparingTo("0.02");

    workers.behaviour = Outcome::atPrice;
    control.decide(id, open.stepId(), Decision.RETRY);
    within(30).until(() -> succeeded(id) == 1);
    List<LedgerEntry> decided = entries("unknown", id);
    assertThat(decided).extracting(LedgerEntry::epoch).containsExactly(1, 2);
    assertThat(decided.getFirst().cost()).isNull();
    assertThat(decided.getFirst().held()).isZero();
    assertThat(decided.getLast().cost()).isEqualByComparingTo("0.01");
    assertThat(row(id).spent()).isEqualByComparingTo("0.01");
  }

  @Test
  void ledgerIsOfferedAsJsonAndAsCsv() throws Exception {
    UUID id = batch("local", 2, 0, price("0.01", "0.01"), null);
    within(30).until(() -> succeeded(id) == 2);
    String batch = "/api/batches/" + id + "/ledger";
    assertThat(get(batch).body()).contains("\"outcome\":\"SUCCEEDED\"", "\"cost\":0.01");
    HttpResponse<String> csv = get(batch + ".csv");
    assertThat(csv.headers().firstValue("content-type").orElseThrow()).startsWith("text/csv");
    assertThat(csv.body().lines().toList()).hasSize(3);
    assertThat(csv.body().lines().skip(1)).allMatch(line -> line.endsWith(",0.01,0,USD"));
    String day = "day=" + LocalDate.now(ZoneOffset.UTC);
    assertThat(get("/api/ledger?" + day).body()).contains(id.toString());
    assertThat(get("/api/ledger.csv?" + day).body()).contains(id.toString());
    assertThat(get("/api/ledger?day=soon").statusCode()).isEqualTo(400);
    assertThat(get(batch + "?cursor=none").statusCode()).isEqualTo(400);
    assertThat(get("/api/batches/" + UUID.randomUUID() + "/ledger.csv").statusCode())
        .isEqualTo(404);
    assertThat(get("/api/account").body()).contains("\"owner\":\"local\"");
    assertThat(new BigDecimal("0.02")).isLessThanOrEqualTo(accounts.of("local").spent());
  }

  private List<LedgerEntry> entries(String owner, UUID batchId) {
    return ledger.page(LedgerScope.ofBatch(owner, batchId), null, 100).entries();
  }

  private HttpResponse<String> get(String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(
                  URI.create(
                      "http://localhost:" + environment.getProperty("local.server.port") + path))
              .build(),
          BodyHandlers.ofString());
    }
  }
}
