package io.kombine.batch.model;

import io.kombine.batch.plan.ContentKeys;
import io.kombine.batch.plan.Plan;
import io.kombine.batch.plan.PlannedGroup;
import io.kombine.batch.plan.PlannedStep;
import io.kombine.batch.plan.StageOrder;
import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.Ids;
import io.kombine.contracts.PlannedDelivery;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import io.kombine.contracts.StepPrice;
import io.kombine.contracts.StepProblem;
import io.kombine.contracts.StepState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writes a plan's groups and steps, with ids given to steps and deliveries. */
@Repository
class PlanWriter {

  /** Rows in one statement, so that a plan of any size takes bounded memory in the driver. */
  private static final int CHUNK = 2_000;

  private static final String INSERT_GROUPS =
      """
      INSERT INTO batch_groups (batch_id, group_index, label, source, source_url)
      SELECT ?, index, label, source, "sourceUrl"
      FROM jsonb_to_recordset(CAST(? AS jsonb))
        AS g (index int, label text, source jsonb, "sourceUrl" text)
      """;

  private static final String INSERT_STEPS =
      """
      INSERT INTO steps (
        step_id, batch_id, ordinal, group_index, kind, parent_id, account, provider, model, prompt,
        prompt_index, variation, parameters, inputs, output_count, price, price_amount, price_hold,
        content_key, deliveries, needs_approval, max_attempts, state, rank, epoch, announced,
        touched_at)
      SELECT
        "stepId", ?, ordinal, "groupIndex", kind, "parentId", account, provider, model, prompt,
        "promptIndex", variation, parameters, inputs, "outputCount", price, "priceAmount",
        "priceHold", "contentKey", deliveries, "needsApproval", ?, state, rank, 1, true,
        CAST(? AS timestamptz)
      FROM jsonb_to_recordset(CAST(? AS jsonb)) AS s (
        "stepId" uuid, ordinal int, "groupIndex" int, kind text, "parentId" uuid, account text,
        provider text, model text, prompt text, "promptIndex" int, variation int, parameters jsonb,
        inputs jsonb, "outputCount" int, price jsonb, "priceAmount" numeric, "priceHold" numeric,
        "contentKey" text, deliveries jsonb, "needsApproval" boolean, state text, rank smallint)
      """;

  private final JdbcClient jdbc;
  private final PlanProperties properties;

  PlanWriter(JdbcClient jdbc, PlanProperties properties) {
    this.jdbc = jdbc;
    this.properties = properties;
  }

  @Transactional(propagation = Propagation.MANDATORY)
  void write(UUID batchId, Plan plan, Instant now) {
    writeGroups(batchId, plan.groups());
    writeStages(batchId, plan.stages());
    List<UUID> ids = plan.steps().stream().map(step -> Ids.next()).toList();
    for (int from = 0; from < ids.size(); from += CHUNK) {
      int to = Math.min(ids.size(), from + CHUNK);
      List<StepRow> rows = new ArrayList<>(to - from);
      for (PlannedStep step : plan.steps().subList(from, to)) {
        rows.add(StepRow.of(step, ids, plan.stages()));
      }
      jdbc.sql(INSERT_STEPS)
          .params(batchId, properties.maxAttempts(), now.toString(), json(rows))
          .update();
    }
  }

  /** Fails all steps of groups that nothing can be made of. */
  @Transactional(propagation = Propagation.MANDATORY)
  void fail(UUID batchId, Map<Integer, StepProblem> lost, Instant now) {
    lost.forEach((group, reason) ->
        jdbc.sql(
                """
                UPDATE steps SET state = 'FAILED', rank = ?, error_code = ?, error_message = ?,
                  announced = false, finished_at = CAST(? AS timestamptz)
                WHERE batch_id = ? AND group_index = ?
                """)
            .params(
                StepState.FAILED.rank(),
                reason.code(),
                reason.message(),
                now.toString(),
                batchId,
                group)
            .update());
  }

  private void writeGroups(UUID batchId, List<PlannedGroup> groups) {
    record GroupRow(
        int index, String label, @Nullable ArtifactRef source, @Nullable String sourceUrl) {}
    List<GroupRow> rows =
        groups.stream()
            .map(g -> new GroupRow(g.index(), g.label(), g.source(), g.sourceUrl()))
            .toList();
    jdbc.sql(INSERT_GROUPS).params(batchId, json(rows)).update();
  }

  private void writeStages(UUID batchId, StageOrder stages) {
    if (stages.hasBarriers()) {
      jdbc.sql("UPDATE batches SET stages = ?, open_stages = 1 WHERE batch_id = ?")
          .params(stages.kinds().stream().map(StepKind::wireName).toArray(String[]::new), batchId)
          .update();
    }
  }

  private static String json(Object rows) {
    return ContractJson.mapper().writeValueAsString(rows);
  }

  private record StepRow(
      UUID stepId,
      int ordinal,
      int groupIndex,
      StepKind kind,
      @Nullable UUID parentId,
      String account,
      String provider,
      String model,
      String prompt,
      int promptIndex,
      int variation,
      StepParameters parameters,
      List<StepInput> inputs,
      int outputCount,
      StepPrice price,
      BigDecimal priceAmount,
      BigDecimal priceHold,
      @Nullable String contentKey,
      List<PlannedDelivery> deliveries,
      boolean needsApproval,
      StepState state,
      int rank) {

    static StepRow of(PlannedStep step, List<UUID> ids, StageOrder stages) {
      Integer parent = step.parentOrdinal();
      StepState state =
          parent != null || stages.isBehindBarrier(step.kind())
              ? StepState.WAITING
              : step.needsApproval() ? StepState.AWAITING_APPROVAL : StepState.READY;
      List<PlannedDelivery> deliveries = new ArrayList<>();
      for (int output = 0; output < step.paths().size(); output++) {
        deliveries.add(new PlannedDelivery(Ids.next(), output, step.paths().get(output)));
      }
      return new StepRow(
          ids.get(step.ordinal()),
          step.ordinal(),
          step.groupIndex(),
          step.kind(),
          parent == null ? null : ids.get(parent),
          step.account(),
          step.provider(),
          step.model(),
          step.prompt(),
          step.promptIndex(),
          step.variation(),
          step.parameters(),
          step.inputs(),
          step.outputCount(),
          step.price(),
          step.price().amount().amount(),
          step.price().hold().amount(),
          step.contentKey() != null
              ? step.contentKey()
              : ContentKeys.of(
                  step.model(), step.parameters(), step.prompt(), step.variation(), step.inputs()),
          deliveries,
          step.needsApproval(),
          state,
          state.rank());
    }
  }
}
