package io.kombine.batch.admission;

import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepState;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What admission reads of steps and counts, and how it moves them. Within the pass's transaction.
 */
@Repository
class AdmissionRows {

  private static final String ADMISSIBLE =
      """
      (b.hold = 'NONE' OR (b.hold = 'PAUSED' AND b.hold_reason = 'budget'
        AND (b.max_cost IS NULL OR b.max_cost - b.spent
            - (SELECT coalesce(sum(c2.hold), 0) FROM step_counts c2 WHERE c2.batch_id = b.batch_id)
            >= b.budget_need)
        AND (a.owner IS NULL
          OR (a.currency = b.currency AND a.available >= b.budget_need))))
      """;

  /** Not where an equal step has the output already, or is under way: then that one's is taken. */
  private static final String LEADS =
      """
      (NOT b.reuse OR s.content_key IS NULL OR NOT (
        EXISTS (SELECT 1 FROM content_keys k WHERE k.owner = b.owner
          AND k.content_key = s.content_key AND k.outputs >= s.output_count)
        OR EXISTS (SELECT 1 FROM steps l JOIN batches lb ON lb.batch_id = l.batch_id
          WHERE l.content_key = s.content_key AND l.state IN ('QUEUED', 'RUNNING')
            AND lb.owner = b.owner)))
      """;

  /** Where a batch has barriers, its stages that are closed have nothing to run. */
  private static final String STAGE_IS_OPEN =
      "(b.stages IS NULL OR coalesce(array_position(b.stages, %s), 0) <= b.open_stages)";

  /** In a batch that limits its groups: only where the group has a place. */
  private static final String PLACED =
      """
      (b.group_limit IS NULL OR EXISTS (
        SELECT 1 FROM batch_groups g WHERE g.batch_id = s.batch_id
          AND g.group_index = s.group_index AND g.in_progress))
      """;

  private final JdbcClient jdbc;

  AdmissionRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Waits until no other replica is admitting: what each admits, the next one has to see. */
  void alone() {
    jdbc.sql("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended('kombine.admission', 0))")
        .query(Integer.class)
        .single();
  }

  /** Steps of all batches that take room in each stage's window. */
  Map<Stage, InFlight> inFlight() {
    Map<Stage, InFlight> byStage = new HashMap<>();
    jdbc.sql(
            """
            SELECT kind, account,
              sum(steps) FILTER (WHERE state IN ('QUEUED', 'RUNNING')) AS live,
              sum(granted) FILTER (WHERE state NOT IN ('QUEUED', 'RUNNING')) AS granted
            FROM step_counts
            WHERE (state IN ('QUEUED', 'RUNNING') AND steps > 0) OR granted > 0
            GROUP BY kind, account
            """)
        .query(row -> {
          byStage.put(
              new Stage(StepKind.of(row.getString("kind")), row.getString("account")),
              new InFlight(row.getInt("live"), row.getInt("granted")));
        });
    return byStage;
  }

  /** Which batches have something for which stage, with what each has of it already. */
  Map<Stage, List<Share>> demand(Instant now) {
    Map<Stage, List<Share>> byStage = new LinkedHashMap<>();
    jdbc.sql(
            """
            WITH accounts AS MATERIALIZED (
              SELECT owner, currency, budget - spent - held AS available
              FROM account_balances WHERE budget IS NOT NULL),
            wanting AS (
              SELECT c.batch_id, c.kind, c.account
              FROM step_counts c JOIN batches b USING (batch_id)
              WHERE c.state = 'READY' AND c.steps > 0 AND %s
                AND ((NOT b.reuse AND b.group_limit IS NULL) OR EXISTS (
                  SELECT 1 FROM steps s
                  WHERE s.batch_id = c.batch_id AND s.kind = c.kind AND s.account = c.account
                    AND s.state = 'READY' AND %s AND %s))
              UNION
              SELECT s.batch_id, s.kind, s.account
              FROM steps s JOIN batches b USING (batch_id)
              WHERE s.state = 'RETRY_WAIT' AND s.retry_at <= :now AND %s AND %s AND %s)
            SELECT w.kind, w.account, w.batch_id,
              coalesce(sum(c.hold), 0) AS in_flight,
              coalesce(sum(c.steps) FILTER (
                WHERE c.state NOT IN ('WAITING', 'AWAITING_APPROVAL', 'READY')), 0) AS served
            FROM wanting w
            JOIN batches b USING (batch_id)
            LEFT JOIN accounts a ON a.owner = b.owner
            LEFT JOIN step_counts c
              ON c.batch_id = w.batch_id AND c.kind = w.kind AND c.account = w.account
            WHERE %s
            GROUP BY w.kind, w.account, w.batch_id
            """
                .formatted(
                    STAGE_IS_OPEN.formatted("c.kind"),
                    LEADS,
                    PLACED,
                    STAGE_IS_OPEN.formatted("s.kind"),
                    LEADS,
                    PLACED,
                    ADMISSIBLE))
        .param("now", utc(now))
        .query(row -> {
          byStage
              .computeIfAbsent(
                  new Stage(StepKind.of(row.getString("kind")), row.getString("account")),
                  any -> new ArrayList<>())
              .add(
                  new Share(
                      row.getObject("batch_id", UUID.class),
                      row.getBigDecimal("in_flight"),
                      row.getLong("served")));
        });
    return byStage;
  }

  /** What the locked batches hold for steps, where they hold anything. */
  Map<UUID, BigDecimal> held(Collection<UUID> batchIds) {
    Map<UUID, BigDecimal> held = new HashMap<>();
    jdbc.sql(
            """
            SELECT batch_id, sum(hold) AS held FROM step_counts
            WHERE batch_id = ANY (:batches) GROUP BY batch_id
            """)
        .param("batches", batchIds.toArray(UUID[]::new))
        .query(row -> {
          held.put(row.getObject("batch_id", UUID.class), row.getBigDecimal("held"));
        });
    return held;
  }

  /**
   * Locks the records of those owners who have a budget, in the order of their names, and reads
   * what each has left. Batches are locked before, so that all lock in one order.
   */
  List<Account> accounts(Collection<String> owners) {
    String[] names = owners.toArray(String[]::new);
    jdbc.sql(
            """
            SELECT owner FROM api_keys WHERE owner = ANY (?) AND budget IS NOT NULL
            ORDER BY owner FOR UPDATE
            """)
        .param(names)
        .query(String.class)
        .list();
    // why a second statement: the first one's snapshot is older than the locks it waited for
    return jdbc.sql(
            """
            SELECT owner, currency, budget - spent - held AS available FROM account_balances
            WHERE owner = ANY (?) AND budget IS NOT NULL
            """)
        .param(names)
        .query(Account.class)
        .list();
  }

  /** The first steps of each of these batches that the stage may run, at most {@code each}. */
  Map<UUID, List<Candidate>> candidates(
      Stage stage, Collection<UUID> batchIds, int each, Instant now) {
    Map<UUID, List<Candidate>> byBatch = new HashMap<>();
    jdbc.sql(
            """
            SELECT c.*, CASE WHEN b.reuse THEN b.owner || '/' || c.content_key END AS shared
            FROM batches b
            CROSS JOIN LATERAL (
              SELECT s.step_id, s.batch_id, s.epoch, s.state, s.price_hold,
                s.price_hold - s.hold AS need, s.content_key
              FROM steps s
              WHERE s.batch_id = b.batch_id AND s.kind = :kind AND s.account = :account
                AND (s.state = 'READY' OR (s.state = 'RETRY_WAIT' AND s.retry_at <= :now))
                AND %s AND %s
              ORDER BY s.ordinal LIMIT :each) c
            WHERE b.batch_id = ANY (:batches)
            """
                .formatted(LEADS, PLACED))
        .param("batches", batchIds.toArray(UUID[]::new))
        .param("kind", stage.kind().wireName())
        .param("account", stage.account())
        .param("now", utc(now))
        .param("each", each)
        .query(row -> {
          UUID batchId = row.getObject("batch_id", UUID.class);
          byBatch
              .computeIfAbsent(batchId, any -> new ArrayList<>())
              .add(
                  new Candidate(
                      row.getObject("step_id", UUID.class),
                      batchId,
                      row.getInt("epoch"),
                      StepState.valueOf(row.getString("state")),
                      row.getBigDecimal("price_hold"),
                      row.getBigDecimal("need"),
                      row.getString("shared")));
        });
    return byBatch;
  }

  /**
   * The children that these roots may be granted, in the order of the roots; none across a barrier.
   */
  List<Child> children(List<UUID> roots) {
    return jdbc.sql(
            """
            SELECT s.step_id, s.batch_id, s.kind, s.account, s.price_hold - s.hold AS need
            FROM unnest(CAST(:roots AS uuid[])) WITH ORDINALITY AS r (id, place)
            JOIN steps s ON s.parent_id = r.id
            JOIN steps p ON p.step_id = r.id
            JOIN batches b ON b.batch_id = s.batch_id
            WHERE NOT b.reuse AND s.state = 'WAITING' AND NOT s.granted AND NOT s.needs_approval
              AND (b.stages IS NULL OR s.kind = p.kind)
            ORDER BY r.place, s.ordinal
            """)
        .param("roots", roots.toArray(UUID[]::new))
        .query((row, n) ->
            new Child(
                row.getObject("step_id", UUID.class),
                row.getObject("batch_id", UUID.class),
                new Stage(StepKind.of(row.getString("kind")), row.getString("account")),
                row.getBigDecimal("need")))
        .list();
  }

  /** Moves the picked steps to {@code QUEUED}, those coming back at the next epoch. */
  void queue(List<Candidate> picked, Instant now) {
    int moved =
        jdbc.sql(
                """
                UPDATE steps s SET
                  state = 'QUEUED', rank = :rank,
                  epoch = CASE WHEN s.state = 'RETRY_WAIT' THEN s.epoch + 1 ELSE s.epoch END,
                  hold = s.price_hold, retry_at = NULL, announced = false,
                  queued_at = :now, touched_at = :now
                FROM unnest(CAST(:ids AS uuid[]), CAST(:epochs AS int[]), CAST(:states AS text[]))
                  AS p (id, epoch, state)
                WHERE s.step_id = p.id AND s.epoch = p.epoch AND s.state = p.state
                """)
            .param("rank", StepState.QUEUED.rank())
            .param("now", utc(now))
            .param("ids", picked.stream().map(Candidate::stepId).toArray(UUID[]::new))
            .param("epochs", picked.stream().map(Candidate::epoch).toArray(Integer[]::new))
            .param("states", picked.stream().map(c -> c.state().name()).toArray(String[]::new))
            .update();
    if (moved != picked.size()) {
      // why: the batches are locked, so nobody else can have moved a step since it was read
      throw new IllegalStateException(
          "only " + moved + " of " + picked.size() + " picked steps could be queued");
    }
  }

  /** Grants children: their parents' workers chain them. */
  void grant(List<UUID> children, Instant now) {
    jdbc.sql(
            """
            UPDATE steps SET granted = true, hold = price_hold, touched_at = :now
            WHERE step_id = ANY (:ids) AND state = 'WAITING'
            """)
        .param("now", utc(now))
        .param("ids", children.toArray(UUID[]::new))
        .update();
  }

  /** The least money with which each batch could run any of its admissible steps. */
  Map<UUID, BigDecimal> leastNeed(Collection<UUID> batchIds, Instant now) {
    Map<UUID, BigDecimal> least = new HashMap<>();
    jdbc.sql(
            """
            SELECT s.batch_id, min(s.price_hold - s.hold) AS need
            FROM steps s JOIN batches b USING (batch_id)
            WHERE s.batch_id = ANY (:batches)
              AND (s.state = 'READY' OR (s.state = 'RETRY_WAIT' AND s.retry_at <= :now))
              AND %s
            GROUP BY s.batch_id
            """
                .formatted(PLACED))
        .param("batches", batchIds.toArray(UUID[]::new))
        .param("now", utc(now))
        .query(row -> {
          least.put(row.getObject("batch_id", UUID.class), row.getBigDecimal("need"));
        });
    return least;
  }

  /** Pauses a batch for want of money; its workers go on with what they have. */
  void holdForBudget(UUID batchId, BigDecimal need) {
    jdbc.sql(
            """
            UPDATE batches SET hold = 'PAUSED', hold_reason = 'budget', budget_need = ?
            WHERE batch_id = ?
            """)
        .params(need, batchId)
        .update();
  }

  /** Lets a batch go on that was paused for want of money. */
  void releaseFromBudget(UUID batchId) {
    jdbc.sql(
            """
            UPDATE batches SET hold = 'NONE', hold_reason = NULL, budget_need = NULL
            WHERE batch_id = ?
            """)
        .param(batchId)
        .update();
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  /** Steps in the window: published ones, and children that a published parent will bring. */
  record InFlight(int live, int granted) {
    static final InFlight NONE = new InFlight(0, 0);
  }

  /**
   * What an owner with a budget has left of it; less than nothing where calls cost more than held.
   */
  record Account(String owner, String currency, BigDecimal available) {}

  /** A child that may be granted with its parent. */
  record Child(UUID stepId, UUID batchId, Stage stage, BigDecimal need) {}
}
