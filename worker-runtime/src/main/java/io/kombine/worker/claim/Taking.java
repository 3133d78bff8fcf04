package io.kombine.worker.claim;

import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepKind;
import io.kombine.worker.claim.ClaimRow.Slot;
import io.kombine.worker.claim.ClaimRule.Decision;
import io.kombine.worker.claim.ClaimRule.Take;
import io.kombine.worker.claim.ClaimRule.TakeOver;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Takes steps together with slots, within the transaction that holds their claims' locks. */
final class Taking {

  record Plan(
      Reserving.Request request, @Nullable ClaimRow claim, Decision decision, @Nullable Slot slot) {

    UUID stepId() {
      return request.step().stepId();
    }

    int epoch() {
      int epoch = request.step().epoch();
      return claim == null ? epoch : Math.max(claim.epoch(), epoch);
    }
  }

  /**
   * why the last line: the claim that was met is locked, and one that was not there may be another
   * worker's by now; tokens are never used twice.
   */
  private static final String TAKE =
      """
      with taken as (
        insert into claims as c (step_id, batch_id, kind, epoch, token, state, owner, lease_until,
            takeovers, slot_partition, slot_n)
        select a.step_id, a.batch_id, a.kind, a.epoch, nextval('claim_tokens'), 'RESERVED', ?,
            clock_timestamp() + ? * interval '1 millisecond', a.takeovers, a.partition, a.n
        from unnest(?::uuid[], ?::uuid[], ?::text[], ?::int[], ?::int[], ?::int[], ?::int[])
            as a (step_id, batch_id, kind, epoch, takeovers, partition, n)
        order by a.step_id
        on conflict (step_id) do update set
            epoch = excluded.epoch, token = excluded.token, owner = excluded.owner,
            lease_until = excluded.lease_until, takeovers = excluded.takeovers,
            slot_partition = excluded.slot_partition, slot_n = excluded.slot_n,
            state = case when excluded.takeovers > 0 then c.state else 'RESERVED' end,
            begun_token = case when excluded.takeovers > 0 then c.begun_token end,
            call_epoch = case when excluded.takeovers > 0 then c.call_epoch end,
            call_started_at = case when excluded.takeovers > 0 then c.call_started_at end,
            call_deadline = case when excluded.takeovers > 0 then c.call_deadline end,
            provider_task_id = case when excluded.takeovers > 0 then c.provider_task_id end,
            published = false
        where c.token = any (?::bigint[])
        returning c.step_id, c.token, c.kind, c.slot_partition, c.slot_n, c.lease_until
      ), held as (
        update slots s set step_id = t.step_id, token = t.token,
            free_after = greatest(s.free_after, t.lease_until)
        from taken t
        where s.kind = t.kind and s.partition = t.slot_partition and s.n = t.slot_n
      )
      select step_id, token from taken
      """;

  private static final String UNCALLED =
      """
      update ledger set amount = 0, settled_at = clock_timestamp() where token = any (?::bigint[])
      """;

  private final JdbcTemplate jdbc;
  private final Slots slots;
  private final ClaimRule rule;
  private final Duration lease;

  Taking(JdbcTemplate jdbc, Slots slots, ClaimRule rule, Duration lease) {
    this.jdbc = jdbc;
    this.slots = slots;
    this.rule = rule;
    this.lease = lease;
  }

  /** Answers every plan. */
  void run(List<Plan> plans, Map<UUID, Reservation> answers) {
    plans.stream()
        .collect(Collectors.groupingBy(plan -> plan.request().step().kind()))
        .forEach((kind, ofKind) -> take(grant(kind, ofKind, answers), answers));
  }

  /** Gives each plan its slot; those without one are answered. */
  private List<Plan> grant(StepKind kind, List<Plan> plans, Map<UUID, Reservation> answers) {
    List<ClaimRow> unended = new ArrayList<>();
    for (Plan plan : plans) {
      if (plan.claim != null && !plan.claim.hasEnded()) {
        unended.add(plan.claim);
      }
    }
    Set<UUID> kept = slots.lockKept(unended, kind);
    Deque<Slot> free =
        new ArrayDeque<>(
            slots.lockFree(
                kind,
                plans.stream().map(plan -> plan.request.partition()).toList(),
                plans.size() - kept.size()));
    List<Plan> granted = new ArrayList<>();
    for (Plan plan : plans) {
      boolean needsNone = plan.decision instanceof TakeOver takeOver && rule.isExhausted(takeOver);
      Slot slot;
      if (plan.claim != null && kept.contains(plan.stepId())) {
        slot = plan.claim.slot();
      } else {
        slot = needsNone ? null : free.poll();
      }
      if (slot == null && !needsNone) {
        answers.put(plan.stepId(), new Reservation.Busy(soon()));
      } else {
        granted.add(new Plan(plan.request, plan.claim, plan.decision, slot));
      }
    }
    return granted;
  }

  private void take(List<Plan> plans, Map<UUID, Reservation> answers) {
    if (plans.isEmpty()) {
      return;
    }
    Map<UUID, Long> tokens = new HashMap<>();
    jdbc.query(
        TAKE,
        Columns.of(plans)
            .value(rule.owner())
            .value(lease.toMillis())
            .uuids(Plan::stepId)
            .uuids(plan -> plan.request.step().batchId())
            .texts(plan -> plan.request.step().kind().wireName())
            .ints(Plan::epoch)
            .ints(plan -> plan.decision instanceof TakeOver over ? over.takeovers() : 0)
            .ints(plan -> plan.slot == null ? null : plan.slot.partition())
            .ints(plan -> plan.slot == null ? null : plan.slot.n())
            .longs(plan -> plan.claim == null ? 0L : plan.claim.token()),
        row -> {
          tokens.put(row.getObject(1, UUID.class), row.getLong(2));
        });
    List<Plan> uncalled = new ArrayList<>();
    for (Plan plan : plans) {
      Long token = tokens.get(plan.stepId());
      if (token == null) {
        answers.put(plan.stepId(), new Reservation.Busy(soon()));
      } else {
        answers.put(plan.stepId(), taken(plan, token));
        if (plan.decision instanceof Take
            && plan.claim != null
            && !plan.claim.hasEnded()
            && plan.claim.begunToken() != null) {
          uncalled.add(plan);
        }
      }
    }
    if (!uncalled.isEmpty()) {
      jdbc.update(
          UNCALLED, Columns.of(uncalled).longs(plan -> Objects.requireNonNull(plan.claim).token()));
    }
  }

  private Reservation taken(Plan plan, long token) {
    RunStep step = plan.request.step();
    if (plan.decision instanceof TakeOver takeOver && plan.claim != null) {
      int callEpoch = plan.claim.callEpoch() == null ? step.epoch() : plan.claim.callEpoch();
      Claim claim = new Claim(Epochs.at(step, callEpoch), token, takeOver.takeovers());
      return rule.isExhausted(takeOver)
          ? new Reservation.Exhausted(claim)
          : new Reservation.TakenOver(claim, plan.claim.providerTaskId());
    }
    return new Reservation.Fresh(new Claim(step, token, 0));
  }

  private static Duration soon() {
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(100, 500));
  }
}
