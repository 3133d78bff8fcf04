package io.kombine.batch.eta;

import io.kombine.contracts.StepKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long the latest calls of models took, read once for each model asked for. Made anew for each
 * round; not thread-safe.
 */
final class CallTimes {

  /** Median and nine-in-ten time of a model's calls, in seconds. */
  record Quantiles(double p50Seconds, double p90Seconds) {}

  private static final int LATEST = 200;

  private record Model(StepKind kind, String model) {}

  private final JdbcClient jdbc;
  private final Map<Model, Optional<Quantiles>> known = new HashMap<>();

  CallTimes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Quantiles> of(StepKind kind, String model) {
    return known.computeIfAbsent(new Model(kind, model), this::read);
  }

  private Optional<Quantiles> read(Model model) {
    return jdbc.sql(
            """
            SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS p50,
              percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds) AS p90
            FROM (
              SELECT greatest(0, extract(epoch FROM finished_at - started_at)) AS seconds
              FROM steps
              WHERE kind = ? AND model = ? AND state = 'SUCCEEDED' AND started_at IS NOT NULL
              ORDER BY finished_at DESC LIMIT ?) latest
            HAVING count(*) > 0
            """)
        .params(model.kind().wireName(), model.model(), LATEST)
        .query((row, number) -> new Quantiles(row.getDouble("p50"), row.getDouble("p90")))
        .optional();
  }
}
