package io.kombine.batch.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.batch.event.EventTransaction.Placed;
import io.kombine.batch.model.BatchRow;
import io.kombine.batch.model.BatchRows;
import io.kombine.batch.model.BatchService;
import io.kombine.batch.model.NewBatch;
import io.kombine.batch.plan.Plan;
import io.kombine.batch.plan.PlannedGroup;
import io.kombine.batch.plan.PlannedStep;
import io.kombine.batch.plan.StageOrder;
import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.BatchKind;
import io.kombine.contracts.ControlConfirmed;
import io.kombine.contracts.DeliveryEvent;
import io.kombine.contracts.DeliveryState;
import io.kombine.contracts.Ids;
import io.kombine.contracts.Money;
import io.kombine.contracts.StatusEvent;
import io.kombine.contracts.StepEvent;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepOutput;
import io.kombine.contracts.StepParameters;
import io.kombine.contracts.StepPrice;
import io.kombine.contracts.StepProblem;
import io.kombine.contracts.StepState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Batches in the database, what workers say about them, and what became of it. */
@TestComponent
public class Scenario {

  static final String OWNER = "ada";
  static final TopicPartition PARTITION = new TopicPartition("told-by-tests", 0);
  static final String PRICE = "0.002";

  /** A step as a test looks at it. */
  record Step(
      UUID stepId,
      int ordinal,
      StepKind kind,
      @Nullable UUID parentId,
      StepState state,
      int epoch,
      int settledEpoch,
      int attempt,
      boolean granted,
      BigDecimal hold,
      @Nullable BigDecimal cost,
      boolean announced,
      @Nullable String stopped,
      @Nullable String errorCode) {}

  private final BatchService service;
  private final BatchRows batches;
  private final EventTransaction transaction;
  private final JdbcClient jdbc;
  private final TransactionTemplate inTransaction;
  private final AtomicLong offsets = new AtomicLong();

  Scenario(
      BatchService service,
      BatchRows batches,
      EventTransaction transaction,
      JdbcClient jdbc,
      TransactionTemplate inTransaction) {
    this.service = service;
    this.batches = batches;
    this.transaction = transaction;
    this.jdbc = jdbc;
    this.inTransaction = inTransaction;
  }

  /** A batch of images, each with so many videos made of its only output. */
  UUID batch(int images, int videosEach) {
    StepPrice price = StepPrice.fixed("test", Money.of(PRICE, "USD"));
    List<PlannedStep> steps = new ArrayList<>();
    for (int image = 0; image < images; image++) {
      int parent = steps.size();
      steps.add(step(parent, StepKind.I2I, null, List.of(), price));
      for (int video = 0; video < videosEach; video++) {
        steps.add(
            step(
                steps.size(),
                StepKind.I2V,
                parent,
                List.of(StepInput.ofParent(StepInput.Role.IMAGE, 0)),
                price));
      }
    }
    Plan plan =
        new Plan(BatchKind.PIPELINE, List.of(new PlannedGroup(0, "one", null, null)), steps);
    return service
        .accept(new NewBatch(OWNER, "test", "test", plan, "{}", plan.cost("USD"), null, null, null))
        .batchId();
  }

  /** Two audio steps, two images, a video that is a root, and one of the second image. */
  UUID storyboard() {
    StepPrice price = StepPrice.fixed("test", Money.of(PRICE, "USD"));
    List<StepInput> ofParent = List.of(StepInput.ofParent(StepInput.Role.IMAGE, 0));
    List<PlannedStep> steps =
        List.of(
            step(0, StepKind.AUDIO, null, List.of(), price),
            step(1, StepKind.AUDIO, null, List.of(), price),
            step(2, StepKind.I2I, null, List.of(), price),
            step(3, StepKind.I2I, null, List.of(), price),
            step(4, StepKind.I2V, null, List.of(), price),
            step(5, StepKind.I2V, 3, ofParent, price));
    Plan plan =
        new Plan(
            BatchKind.STORYBOARD,
            List.of(new PlannedGroup(0, "one", null, null)),
            steps,
            new StageOrder(List.of(StepKind.AUDIO, StepKind.I2I, StepKind.I2V)));
    return service
        .accept(new NewBatch(OWNER, "test", "test", plan, "{}", plan.cost("USD"), null, null, null))
        .batchId();
  }

  private static PlannedStep step(
      int ordinal,
      StepKind kind,
      @Nullable Integer parent,
      List<StepInput> inputs,
      StepPrice price) {
    return new PlannedStep(
        ordinal,
        0,
        kind,
        parent,
        "local",
        "local",
        "local-model",
        "a prompt",
        0,
        0,
        StepParameters.NONE,
        inputs,
        1,
        price,
        null,
        List.of(List.of("one", "file-" + ordinal)),
        false);
  }

  /** Queues what is ready or due, as admission would, with all direct children granted if asked. */
  void admit(UUID batchId, boolean grantChildren) {
    inTransaction.executeWithoutResult(any -> {
      batches.lock(List.of(batchId));
      jdbc.sql(
              """
              UPDATE steps SET epoch = epoch + CASE WHEN state = 'RETRY_WAIT' THEN 1 ELSE 0 END,
                state = 'QUEUED', rank = 3, hold = price_hold
              WHERE batch_id = ? AND state IN ('READY', 'RETRY_WAIT')
              """)
          .param(batchId)
          .update();
      if (grantChildren) {
        jdbc.sql(
                """
                UPDATE steps s SET granted = true, hold = s.price_hold FROM steps p
                WHERE s.batch_id = ? AND p.step_id = s.parent_id AND p.state = 'QUEUED'
                  AND s.state = 'WAITING'
                """)
            .param(batchId)
            .update();
      }
      batches.refresh(List.of(batchId));
    });
  }

  List<Step> steps(UUID batchId) {
    return jdbc.sql("SELECT * FROM steps WHERE batch_id = ? ORDER BY ordinal")
        .param(batchId)
        .query((row, n) -> {
          String stopped = row.getString("stopped");
          return new Step(
              row.getObject("step_id", UUID.class),
              row.getInt("ordinal"),
              StepKind.of(row.getString("kind")),
              row.getObject("parent_id", UUID.class),
              StepState.valueOf(row.getString("state")),
              row.getInt("epoch"),
              row.getInt("settled_epoch"),
              row.getInt("attempt"),
              row.getBoolean("granted"),
              row.getBigDecimal("hold"),
              row.getBigDecimal("cost"),
              row.getBoolean("announced"),
              stopped,
              row.getString("error_code"));
        })
        .list();
  }

  Step step(UUID batchId, int ordinal) {
    return steps(batchId).get(ordinal);
  }

  BatchRow row(UUID batchId) {
    return batches.find(batchId).orElseThrow();
  }

  /** Has events applied as one poll. */
  void tell(StatusEvent... events) {
    tell(List.of(events));
  }

  void tell(List<? extends StatusEvent> events) {
    transaction.apply(placed(events));
  }

  List<Placed> placed(List<? extends StatusEvent> events) {
    List<Placed> placed = new ArrayList<>();
    for (StatusEvent event : events) {
      placed.add(new Placed(PARTITION, offsets.getAndIncrement(), event));
    }
    return placed;
  }

  static StepEvent event(UUID batchId, Step step, int epoch, StepState state) {
    return event(batchId, step, epoch, state, null);
  }

  static StepEvent event(
      UUID batchId, Step step, int epoch, StepState state, @Nullable String cost) {
    List<StepOutput> outputs =
        state == StepState.SUCCEEDED
            ? List.of(new StepOutput(0, artifact(step.stepId())))
            : List.of();
    StepProblem problem =
        switch (state) {
          case RETRY_WAIT -> new StepProblem("retry", "again");
          case FAILED -> new StepProblem("input", "no");
          case UNKNOWN -> new StepProblem("ambiguous", "who knows");
          default -> null;
        };
    return new StepEvent(
        1,
        Ids.next(),
        batchId,
        step.stepId(),
        step.kind(),
        0,
        step.ordinal(),
        epoch,
        1,
        state,
        Instant.now(),
        "worker",
        "local",
        outputs,
        cost == null ? null : Money.of(cost, "USD"),
        problem,
        state == StepState.RETRY_WAIT ? Instant.now() : null,
        null);
  }

  static ArtifactRef artifact(UUID of) {
    String hex = of.toString().replace("-", "");
    return new ArtifactRef(hex + hex, "image/jpeg", 3, 2, 2, null, null);
  }

  DeliveryEvent delivery(UUID batchId, UUID deliveryId, int epoch, DeliveryState state) {
    boolean manifest =
        jdbc.sql("SELECT count(*) FROM deliveries WHERE delivery_id = ? AND manifest")
                .param(deliveryId)
                .query(Integer.class)
                .single()
            == 1;
    return new DeliveryEvent(
        1,
        Ids.next(),
        batchId,
        deliveryId,
        epoch,
        state,
        manifest,
        Instant.now(),
        "uploader",
        "file:///" + deliveryId,
        "file:///folder",
        state == DeliveryState.FAILED ? new StepProblem("refused", "no") : null);
  }

  /** The delivery that the plan has for a step's only output. */
  UUID deliveryOf(Step step) {
    return jdbc.sql(
            "SELECT CAST(deliveries #>> '{0,deliveryId}' AS uuid) FROM steps WHERE step_id = ?")
        .param(step.stepId())
        .query(UUID.class)
        .single();
  }

  static ControlConfirmed confirmed(UUID batchId, long sequence, StepKind stage, List<UUID> begun) {
    return new ControlConfirmed(
        1,
        Ids.next(),
        batchId,
        sequence,
        io.kombine.contracts.BatchControl.Hold.CANCELLED,
        stage,
        begun,
        1,
        1,
        Instant.now(),
        "worker");
  }

  /** Counts by trigger, by hand, money and files all agree with the rows. */
  void booksAgree(UUID batchId) {
    // why locked: the manifest is written meanwhile
    inTransaction.executeWithoutResult(any -> {
      batches.lock(List.of(batchId));
      lockedBooksAgree(batchId);
    });
  }

  private void lockedBooksAgree(UUID batchId) {
    BatchRow row = row(batchId);
    assertThat(count("SELECT coalesce(sum(steps), 0) FROM step_counts WHERE batch_id = ?", batchId))
        .isEqualTo(row.totalSteps());
    assertThat(
            count(
                """
                SELECT count(*) FROM (
                  SELECT kind, account, state, count(*) AS n, count(*) FILTER (WHERE granted) AS g,
                    sum(hold) AS h, sum(price_amount) AS p
                  FROM steps WHERE batch_id = ? GROUP BY kind, account, state) r
                FULL JOIN (SELECT * FROM step_counts WHERE steps <> 0 AND batch_id = '%s') c
                  USING (kind, account, state)
                WHERE r.n IS DISTINCT FROM c.steps OR r.g IS DISTINCT FROM c.granted
                  OR r.h IS DISTINCT FROM c.hold OR r.p IS DISTINCT FROM c.price
                """
                    .formatted(batchId),
                batchId))
        .as("counts that drifted")
        .isZero();
    assertThat(row.spent())
        .isEqualByComparingTo(
            money("SELECT coalesce(sum(cost), 0) FROM step_charges WHERE batch_id = ?", batchId))
        .isEqualByComparingTo(
            money("SELECT coalesce(sum(cost), 0) FROM steps WHERE batch_id = ?", batchId));
    String deliveries = "SELECT count(*) FROM deliveries WHERE batch_id = ?";
    assertThat(count(deliveries, batchId)).isEqualTo(row.files());
    assertThat(count(deliveries + " AND state = 'DELIVERED'", batchId))
        .isEqualTo(row.filesDelivered());
    assertThat(count(deliveries + " AND state = 'FAILED'", batchId)).isEqualTo(row.filesFailed());
  }

  UUID manifestOf(UUID batchId) {
    return jdbc.sql("SELECT delivery_id FROM deliveries WHERE batch_id = ? AND manifest")
        .param(batchId)
        .query(UUID.class)
        .single();
  }

  void run(String sql) {
    jdbc.sql(sql).update();
  }

  int count(String sql, Object... params) {
    return jdbc.sql(sql).params(params).query(Integer.class).single();
  }

  BigDecimal money(String sql, Object... params) {
    return jdbc.sql(sql).params(params).query(BigDecimal.class).single();
  }
}
