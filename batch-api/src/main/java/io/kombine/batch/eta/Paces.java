package io.kombine.batch.eta;

import io.kombine.contracts.StepKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The pace of each kind and account over the last minute, of all batches together. Made anew for
 * each round; not thread-safe.
 *
 * <p>Why a minute: providers limit by the minute, and grant a minute's calls in a burst. Whatever
 * moment one looks at, the minute before it holds no more calls than the limit.
 */
final class Paces {

  static final Duration WINDOW = Duration.ofMinutes(1);

  /** Fewer than these say nothing. */
  private static final int LEAST = 5;

  record Account(StepKind kind, String name) {}

  private final Map<Account, Pace> paces = new HashMap<>();

  Paces(JdbcClient jdbc, Clock clock) {
    Instant now = clock.instant();
    jdbc.sql(
            """
            SELECT kind, account, min(started_at) AS began,
              count(*) FILTER (WHERE finished_at > :within) AS ended
            FROM steps
            WHERE state = 'SUCCEEDED' AND finished_at > :before AND started_at IS NOT NULL
            GROUP BY kind, account
            """)
        .param("within", now.minus(WINDOW).atOffset(ZoneOffset.UTC))
        .param("before", now.minus(WINDOW.multipliedBy(2)).atOffset(ZoneOffset.UTC))
        .query(row -> {
          Pace pace = pace(row.getInt("ended"), row.getObject("began", OffsetDateTime.class), now);
          if (pace != null) {
            paces.put(
                new Account(StepKind.of(row.getString("kind")), row.getString("account")), pace);
          }
        });
  }

  Optional<Pace> of(StepKind kind, String account) {
    return Optional.ofNullable(paces.get(new Account(kind, account)));
  }

  private static @Nullable Pace pace(int ended, OffsetDateTime began, Instant now) {
    Duration since = Duration.between(began.toInstant(), now);
    Duration counted = since.compareTo(WINDOW) < 0 ? since : WINDOW;
    return ended < LEAST || counted.toMillis() <= 0
        ? null
        : new Pace(ended * 1_000.0 / counted.toMillis(), ended);
  }
}
