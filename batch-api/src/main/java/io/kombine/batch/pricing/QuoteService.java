package io.kombine.batch.pricing;

import io.kombine.batch.plan.PricedPlan;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.contracts.Ids;
import io.kombine.contracts.Money;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps quotes until a day after they expire. */
@Service
public class QuoteService {

  /** Old quotes that one new quote clears away at most, so that no request pays for a backlog. */
  private static final int CLEARED_AT_ONCE = 100;

  private final JdbcClient jdbc;
  private final QuoteProperties properties;
  private final Clock clock;

  QuoteService(JdbcClient jdbc, QuoteProperties properties, Clock clock) {
    this.jdbc = jdbc;
    this.properties = properties;
    this.clock = clock;
  }

  /** Writes a quote that binds from now on. */
  @Transactional
  public Quote give(
      String owner, String planHash, String priceVersion, Money amount, String detail) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Quote quote =
        new Quote(
            Ids.next(),
            owner,
            planHash,
            priceVersion,
            amount,
            detail,
            now.plus(properties.validity()));
    clear(now);
    jdbc.sql(
            """
            INSERT INTO quotes (quote_id, owner, plan_hash, price_version, currency, amount, detail,
              created_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, CAST(? AS jsonb), ?, ?)
            """)
        .params(
            quote.quoteId(),
            owner,
            planHash,
            priceVersion,
            amount.currency(),
            amount.amount(),
            detail,
            utc(now),
            utc(quote.expiresAt()))
        .update();
    return quote;
  }

  /** An owner's quote, expired or not. */
  @Transactional(readOnly = true)
  public Optional<Quote> find(String owner, UUID quoteId) {
    return jdbc.sql("SELECT * FROM quotes WHERE quote_id = ? AND owner = ?")
        .params(quoteId, owner)
        .query((row, _) ->
            new Quote(
                row.getObject("quote_id", UUID.class),
                row.getString("owner"),
                row.getString("plan_hash"),
                row.getString("price_version"),
                new Money(row.getBigDecimal("amount"), row.getString("currency")),
                row.getString("detail"),
                row.getObject("expires_at", OffsetDateTime.class).toInstant()))
        .optional();
  }

  /**
   * Checks that a request has the price it was quoted.
   *
   * @param reuse whether outputs made since may have made it cheaper
   * @throws ProblemException when there is no such quote, it has expired, or is for something else
   */
  @Transactional(readOnly = true)
  public Quote holdTo(String owner, UUID quoteId, PricedPlan now, boolean reuse) {
    Quote quote =
        find(owner, quoteId)
            .orElseThrow(() ->
                new ProblemException(
                    ProblemType.UNKNOWN_QUOTE, "quote_id: names no quote of yours."));
    if (!clock.instant().isBefore(quote.expiresAt())) {
      throw new ProblemException(
          ProblemType.QUOTE_EXPIRED, "quote_id: the quote expired at " + quote.expiresAt() + ".");
    }
    boolean samePlan = quote.planHash().equals(now.hash());
    boolean samePrice =
        quote.priceVersion().equals(now.priceVersion())
            // why: outputs made since make it cheaper, which is what reuse is for
            && (reuse
                ? !now.total().isMoreThan(quote.amount())
                : quote.amount().equals(now.total()));
    if (!samePlan || !samePrice) {
      throw new ProblemException(
          ProblemType.QUOTE_DIFFERS,
          samePlan
              ? "quote_id: prices have changed since the quote."
              : "quote_id: the quote is for another request.",
          List.of(),
          Map.of(
              "quoted", side(quote.priceVersion(), quote.amount(), quote.planHash()),
              "now", side(now.priceVersion(), now.total(), now.hash())));
    }
    return quote;
  }

  private static Map<String, Object> side(String priceVersion, Money total, String planHash) {
    return Map.of(
        "price_version",
        priceVersion,
        "total",
        total.amount(),
        "currency",
        total.currency(),
        "plan_hash",
        planHash);
  }

  private void clear(Instant now) {
    jdbc.sql(
            """
            DELETE FROM quotes WHERE quote_id IN (
              SELECT quote_id FROM quotes WHERE expires_at < ? ORDER BY quote_id LIMIT ?
              FOR UPDATE SKIP LOCKED)
            """)
        .params(utc(now.minus(1, ChronoUnit.DAYS)), CLEARED_AT_ONCE)
        .update();
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
