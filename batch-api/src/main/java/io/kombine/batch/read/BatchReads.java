package io.kombine.batch.read;

import io.kombine.batch.model.BatchRow;
import io.kombine.contracts.BatchView;
import io.kombine.contracts.BatchView.Cost;
import io.kombine.contracts.BatchView.Counts;
import io.kombine.contracts.BatchView.Delivery;
import io.kombine.contracts.BatchView.Eta;
import io.kombine.contracts.BatchView.Stage;
import io.kombine.contracts.DeliveryProgress;
import io.kombine.contracts.StepCounts;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepProblem;
import io.kombine.contracts.StepState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads batches as clients see them, each of one moment. */
@Repository
public class BatchReads {

  private final JdbcClient jdbc;

  BatchReads(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The owner's batch; nothing where there is none, or it is another's. */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public Optional<BatchView> find(String owner, UUID batchId) {
    List<BatchRow> rows =
        jdbc.sql(
                "SELECT %s FROM batches WHERE batch_id = ? AND owner = ?"
                    .formatted(BatchRow.COLUMNS))
            .params(batchId, owner)
            .query(BatchRow::of)
            .list();
    return views(rows).stream().findFirst();
  }

  /** Whether there is such a batch of this owner. */
  @Transactional(readOnly = true)
  public boolean exists(String owner, UUID batchId) {
    return jdbc.sql("SELECT count(*) FROM batches WHERE batch_id = ? AND owner = ?")
            .params(batchId, owner)
            .query(Integer.class)
            .single()
        > 0;
  }

  /** A page of the owner's batches, newest first. */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public BatchPage list(String owner, BatchFilter filter) {
    List<BatchRow> rows =
        jdbc.sql(
                """
                SELECT %s FROM batches
                WHERE owner = :owner
                  AND (CAST(:before AS uuid) IS NULL OR batch_id < CAST(:before AS uuid))
                  AND (CAST(:kind AS text) IS NULL OR kind = :kind)
                  AND (CAST(:status AS text) IS NULL OR status = :status)
                  AND (CAST(:name AS text) IS NULL
                    OR position(lower(CAST(:name AS text)) IN lower(name)) > 0)
                ORDER BY batch_id DESC LIMIT :limit
                """
                    .formatted(BatchRow.COLUMNS))
            .param("owner", owner)
            .param("before", filter.before())
            .param("kind", nameOf(filter.kind()))
            .param("status", nameOf(filter.status()))
            .param("name", filter.name())
            .param("limit", filter.limit() + 1)
            .query(BatchRow::of)
            .list();
    boolean more = rows.size() > filter.limit();
    List<BatchView> views = views(more ? rows.subList(0, filter.limit()) : rows);
    return new BatchPage(views, more ? views.getLast().batchId().toString() : null);
  }

  private static @Nullable String nameOf(@Nullable Enum<?> value) {
    return value == null ? null : value.name().toUpperCase(Locale.ROOT);
  }

  /** Everything about one batch's steps that its view adds up. */
  private static final class Sums {
    final Map<StepKind, EnumMap<StepState, Integer>> states = new TreeMap<>();
    BigDecimal held = BigDecimal.ZERO;
    BigDecimal toFinish = BigDecimal.ZERO;
  }

  private List<BatchView> views(List<BatchRow> rows) {
    Map<UUID, Sums> sums =
        rows.stream().collect(Collectors.toMap(BatchRow::batchId, row -> new Sums()));
    UUID[] ids = sums.keySet().toArray(UUID[]::new);
    jdbc.sql(
            """
            SELECT batch_id, kind, state, sum(steps) AS steps, sum(hold) AS hold
            FROM step_counts WHERE batch_id = ANY (?) GROUP BY batch_id, kind, state
            """)
        .param(ids)
        .query(row -> {
          Sums of = sums.get(row.getObject("batch_id", UUID.class));
          if (of != null) {
            of.held = of.held.add(row.getBigDecimal("hold"));
            of.states
                .computeIfAbsent(
                    StepKind.of(row.getString("kind")), _ -> new EnumMap<>(StepState.class))
                .put(StepState.valueOf(row.getString("state")), row.getInt("steps"));
          }
        });
    jdbc.sql(
            """
            SELECT batch_id, sum(price_amount) AS amount FROM steps
            WHERE batch_id = ANY (?) AND state NOT IN ('SUCCEEDED', 'FAILED', 'CANCELLED', 'SKIPPED')
            GROUP BY batch_id
            """)
        .param(ids)
        .query(row -> {
          Sums of = sums.get(row.getObject("batch_id", UUID.class));
          if (of != null) {
            of.toFinish = row.getBigDecimal("amount");
          }
        });
    List<BatchView> views = new ArrayList<>();
    for (BatchRow row : rows) {
      Sums of = sums.get(row.batchId());
      views.add(view(row, of == null ? new Sums() : of));
    }
    return views;
  }

  private static BatchView view(BatchRow row, Sums sums) {
    Map<StepState, Integer> all = new EnumMap<>(StepState.class);
    List<Stage> stages = new ArrayList<>();
    sums.states.forEach((kind, states) -> {
      states.forEach((state, steps) -> all.merge(state, steps, Integer::sum));
      stages.add(Stage.of(kind, StepCounts.of(states)));
    });
    return new BatchView(
        row.batchId(),
        row.kind(),
        row.name(),
        row.status(),
        row.createdAt(),
        row.startedAt(),
        row.finishedAt(),
        Counts.of(StepCounts.of(all)),
        stages,
        new Cost(
            row.currency(),
            plain(row.quoted()),
            plain(row.spent()),
            plain(sums.held),
            plain(sums.toFinish)),
        new Eta(row.etaP50Seconds(), row.etaP90Seconds()),
        Delivery.of(
            new DeliveryProgress(
                row.files(), row.filesDelivered(), row.filesFailed(), row.folderUrl()),
            row.deliveriesComplete()),
        error(row));
  }

  private static @Nullable StepProblem error(BatchRow row) {
    return row.errorCode() == null
        ? null
        : new StepProblem(
            row.errorCode(), row.errorMessage() == null ? row.errorCode() : row.errorMessage());
  }

  private static BigDecimal plain(BigDecimal amount) {
    BigDecimal stripped = amount.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
