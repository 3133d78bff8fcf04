package io.kombine.batch.admission;

import io.kombine.contracts.StepKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How long the calls of each stage have taken of late: the mean over the last minute, at most 1,000
 * calls, looked at every 2 s; where there was none in the last minute the mean before stands. Used
 * by the admitting thread alone.
 */
@Component
class CallTimes {

  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Map<Stage, Duration> means = new HashMap<>();
  private Instant readAt = Instant.MIN;

  CallTimes(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Nullable Duration mean(Stage stage) {
    Instant now = clock.instant();
    if (readAt.isBefore(now.minus(FRESH))) {
      read(now);
      readAt = now;
    }
    return means.get(stage);
  }

  private void read(Instant now) {
    jdbc.sql(
            """
            SELECT kind, account, avg(extract(epoch FROM finished_at - started_at)) AS seconds
            FROM (SELECT kind, account, started_at, finished_at FROM steps
                  WHERE state = 'SUCCEEDED' AND finished_at > ? AND started_at IS NOT NULL
                  ORDER BY finished_at DESC LIMIT 1000) recent
            GROUP BY kind, account
            """)
        .param(now.minus(WINDOW).atOffset(ZoneOffset.UTC))
        .query(row -> {
          means.put(
              new Stage(StepKind.of(row.getString("kind")), row.getString("account")),
              Duration.ofNanos((long) (row.getDouble("seconds") * 1e9)));
        });
  }
}
