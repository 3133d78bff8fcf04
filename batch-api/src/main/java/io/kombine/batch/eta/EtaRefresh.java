package io.kombine.batch.eta;

import io.kombine.batch.eta.CallTimes.Quantiles;
import io.kombine.batch.model.WorkSignal;
import io.kombine.contracts.StepKind;
import io.kombine.worker.topic.StageProperties;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keeps the estimates of batches under way, and has those published that changed noticeably. Looks
 * at the {@value #MOST} oldest such batches; later ones get an estimate once those have ended.
 */
@Component
class EtaRefresh {

  private static final int MOST = 200;

  private record Work(
      UUID batchId, StepKind kind, String account, int left, boolean competing, boolean backlog) {}

  private record Told(@Nullable Long p50, @Nullable Long p90) {}

  private final JdbcClient jdbc;
  private final StageProperties stages;
  private final WorkSignal signal;
  private final Clock clock;
  private final Map<UUID, Map<StepKind, String>> models = new HashMap<>();

  EtaRefresh(JdbcClient jdbc, StageProperties stages, WorkSignal signal, Clock clock) {
    this.jdbc = jdbc;
    this.stages = stages;
    this.signal = signal;
    this.clock = clock;
  }

  @Scheduled(fixedDelay = 2_000)
  void run() {
    Map<UUID, Told> told = underWay();
    models.keySet().retainAll(told.keySet());
    Map<UUID, List<Work>> work = work(told);
    Map<StepKind, Integer> competing = competing(work);
    CallTimes times = new CallTimes(jdbc);
    Paces paces = new Paces(jdbc, clock);
    boolean changed = false;
    for (var batch : told.entrySet()) {
      List<Work> left = work.getOrDefault(batch.getKey(), List.of());
      changed |= tell(batch.getKey(), batch.getValue(), estimate(left, competing, times, paces));
    }
    if (changed) {
      signal.raise();
    }
  }

  private Map<UUID, Told> underWay() {
    Map<UUID, Told> told = new LinkedHashMap<>();
    jdbc.sql(
            """
            SELECT batch_id, eta_p50_seconds, eta_p90_seconds FROM batches
            WHERE finished_at IS NULL AND NOT planning
              AND (status IN ('QUEUED', 'RUNNING') OR eta_p50_seconds IS NOT NULL)
            ORDER BY batch_id LIMIT ?
            """)
        .param(MOST)
        .query(row -> {
          told.put(
              row.getObject("batch_id", UUID.class),
              new Told(
                  row.getObject("eta_p50_seconds", Long.class),
                  row.getObject("eta_p90_seconds", Long.class)));
        });
    return told;
  }

  private Map<UUID, List<Work>> work(Map<UUID, Told> batches) {
    Map<UUID, List<Work>> work = new HashMap<>();
    jdbc.sql(
            """
            SELECT c.batch_id, c.kind, c.account,
              -- what waits for a person once it could run is not counted before
              sum(c.steps) - (
                SELECT count(*) FROM steps s
                WHERE s.batch_id = c.batch_id AND s.kind = c.kind AND s.account = c.account
                  AND s.needs_approval AND s.state = 'WAITING') AS left,
              sum(c.steps) FILTER (WHERE c.state IN ('READY', 'QUEUED', 'RUNNING')) > 0 AS competing,
              sum(c.steps) FILTER (WHERE c.state IN ('READY', 'QUEUED', 'RETRY_WAIT')) > 0 AS backlog
            FROM step_counts c JOIN batches b USING (batch_id)
            WHERE c.batch_id = ANY (?) AND b.status IN ('QUEUED', 'RUNNING')
              AND c.state IN ('WAITING', 'READY', 'QUEUED', 'RUNNING', 'RETRY_WAIT')
            GROUP BY c.batch_id, c.kind, c.account HAVING sum(c.steps) > 0
            """)
        .param(batches.keySet().toArray(UUID[]::new))
        .query(row -> {
          UUID batchId = row.getObject("batch_id", UUID.class);
          if (row.getInt("left") > 0) {
            work.computeIfAbsent(batchId, any -> new ArrayList<>())
                .add(
                    new Work(
                        batchId,
                        StepKind.of(row.getString("kind")),
                        row.getString("account"),
                        row.getInt("left"),
                        row.getBoolean("competing"),
                        row.getBoolean("backlog")));
          }
        });
    return work;
  }

  private static Map<StepKind, Integer> competing(Map<UUID, List<Work>> work) {
    Map<StepKind, Integer> competing = new EnumMap<>(StepKind.class);
    work.values().stream()
        .flatMap(List::stream)
        .filter(Work::competing)
        .forEach(stage -> competing.merge(stage.kind(), 1, Integer::sum));
    return competing;
  }

  private Optional<Eta> estimate(
      List<Work> left, Map<StepKind, Integer> competing, CallTimes times, Paces paces) {
    List<Remaining> remaining = new ArrayList<>();
    for (Work stage : left) {
      String model = modelOf(stage);
      Optional<Quantiles> quantiles =
          model == null ? Optional.empty() : times.of(stage.kind(), model);
      if (quantiles.isEmpty()) {
        return Optional.empty();
      }
      int sharers = Math.max(1, competing.getOrDefault(stage.kind(), 0));
      remaining.add(
          new Remaining(
              stage.kind(),
              stage.left(),
              (double) stages.of(stage.kind()).calls() / sharers,
              quantiles.get().p50Seconds(),
              quantiles.get().p90Seconds(),
              pace(stage, sharers, paces)));
    }
    return Eta.of(remaining);
  }

  /** The batch's share; only what has steps waiting was held up by something. */
  private static @Nullable Pace pace(Work stage, int sharers, Paces paces) {
    return stage.backlog()
        ? paces
            .of(stage.kind(), stage.account())
            .map(all -> new Pace(all.perSecond() / sharers, all.observed()))
            .orElse(null)
        : null;
  }

  /** The model of most of a batch's steps of a kind; the plan fixes it. */
  private @Nullable String modelOf(Work stage) {
    return models.computeIfAbsent(stage.batchId(), this::readModels).get(stage.kind());
  }

  private Map<StepKind, String> readModels(UUID batchId) {
    Map<StepKind, String> found = new EnumMap<>(StepKind.class);
    jdbc.sql(
            """
            SELECT DISTINCT ON (kind) kind, model FROM steps WHERE batch_id = ?
            GROUP BY kind, model ORDER BY kind, count(*) DESC
            """)
        .param(batchId)
        .query(row -> {
          found.put(StepKind.of(row.getString("kind")), row.getString("model"));
        });
    return found;
  }

  private boolean tell(UUID batchId, Told told, Optional<Eta> eta) {
    Long p50 = told.p50();
    Long p90 = told.p90();
    boolean same =
        p50 == null || p90 == null
            ? eta.isEmpty()
            : eta.isPresent() && !eta.get().isFarFrom(p50, p90);
    if (same) {
      return false;
    }
    return jdbc.sql(
                """
                UPDATE batches SET eta_p50_seconds = CAST(nullif(?, '') AS bigint),
                  eta_p90_seconds = CAST(nullif(?, '') AS bigint), revision = revision + 1,
                  announced = false
                WHERE batch_id = ? AND finished_at IS NULL
                """)
            .params(
                eta.map(e -> Long.toString(e.p50Seconds())).orElse(""),
                eta.map(e -> Long.toString(e.p90Seconds())).orElse(""),
                batchId)
            .update()
        > 0;
  }
}
