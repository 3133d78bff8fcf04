package io.kombine.worker.claim;

import io.kombine.contracts.BatchControl.Hold;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepKind;
import io.kombine.worker.claim.ClaimRow.Slot;
import io.kombine.worker.claim.ClaimRule.Decision;
import io.kombine.worker.claim.ClaimRule.Reply;
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
import org.springframework.transaction.support.TransactionOperations;

/**
 * Answers a batch of records in one transaction: locks the claims in the order of their step ids,
 * decides, locks free slots, writes.
 */
final class Reserving implements Combiner.Work<Reserving.Request, Reservation> {

  record Request(RunStep step, int partition) {}

  private record Met(@Nullable ClaimRow claim, Hold hold) {}

  private record Plan(
      Request request, @Nullable ClaimRow claim, Decision decision, @Nullable Slot slot) {

    UUID stepId() {
      return request.step.stepId();
    }

    int epoch() {
      int epoch = request.step.epoch();
      return claim == null ? epoch : Math.max(claim.epoch(), epoch);
    }
  }

  private static final String MEET =
      """
      with locked as (
        select * from claims where step_id = any (?::uuid[]) order by step_id for no key update
      )
      select a.step_id, c.epoch, c.token, c.state, c.owner, c.takeovers, c.slot_partition, c.slot_n,
             c.begun_token, c.call_epoch, c.provider_task_id, c.result,
             ceil(extract(epoch from c.lease_until - clock_timestamp()) * 1000) as lease_millis,
             coalesce(k.hold, 'NONE') as hold
      from unnest(?::uuid[], ?::uuid[]) as a (step_id, batch_id)
      left join locked c on c.step_id = a.step_id
      left join controls k on k.batch_id = a.batch_id
      """;

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

  private static final String RAISE =
      """
      update claims c set epoch = a.epoch
      from unnest(?::uuid[], ?::int[]) as a (step_id, epoch)
      where c.step_id = a.step_id and c.epoch < a.epoch
      """;

  private static final String UNCALLED =
      """
      update ledger set amount = 0, settled_at = clock_timestamp() where token = any (?::bigint[])
      """;

  private final JdbcTemplate jdbc;
  private final TransactionOperations transactions;
  private final Slots slots;
  private final HeldClaims held;
  private final ClaimRule rule;
  private final Duration lease;

  Reserving(
      JdbcTemplate jdbc,
      TransactionOperations transactions,
      Slots slots,
      HeldClaims held,
      ClaimRule rule,
      Duration lease) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.slots = slots;
    this.held = held;
    this.rule = rule;
    this.lease = lease;
  }

  @Override
  public List<Reservation> run(List<Request> batch) {
    batch.stream().map(request -> request.step.kind()).distinct().forEach(slots::create);
    Map<UUID, Reservation> answers =
        Objects.requireNonNull(transactions.execute(status -> answer(batch)));
    return batch.stream()
        .map(request -> {
          Reservation answer = Objects.requireNonNull(answers.get(request.step.stepId()));
          remember(answer);
          return answer;
        })
        .toList();
  }

  private void remember(Reservation answer) {
    switch (answer) {
      case Reservation.Fresh(Claim claim) -> held.add(claim);
      case Reservation.TakenOver(Claim claim, var task) -> held.add(claim);
      case Reservation.Exhausted(Claim claim) -> held.add(claim);
      case Reservation.Answered answered -> {}
      case Reservation.Busy busy -> {}
      case Reservation.Duplicate duplicate -> {}
      case Reservation.Forbidden forbidden -> {}
    }
  }

  private Map<UUID, Reservation> answer(List<Request> batch) {
    Map<UUID, Met> met = meet(batch);
    Map<UUID, Reservation> answers = new HashMap<>();
    List<Plan> taking = new ArrayList<>();
    List<RunStep> raised = new ArrayList<>();
    for (Request request : batch) {
      RunStep step = request.step;
      Met at = Objects.requireNonNull(met.get(step.stepId()));
      Decision decision = rule.decide(step, at.claim, at.hold);
      if (decision instanceof Reply(Reservation reservation)) {
        answers.put(step.stepId(), reservation);
        if (at.claim != null && at.claim.epoch() < step.epoch() && raises(reservation)) {
          raised.add(step);
        }
      } else {
        taking.add(new Plan(request, at.claim, decision, null));
      }
    }
    taking.stream()
        .collect(Collectors.groupingBy(plan -> plan.request.step.kind()))
        .forEach((kind, plans) -> take(grant(kind, plans, answers), answers));
    if (!raised.isEmpty()) {
      jdbc.update(RAISE, Columns.of(raised).uuids(RunStep::stepId).ints(RunStep::epoch));
    }
    return answers;
  }

  private static boolean raises(Reservation reservation) {
    return !(reservation instanceof Reservation.Forbidden);
  }

  private Map<UUID, Met> meet(List<Request> batch) {
    Map<UUID, Met> met = new HashMap<>();
    jdbc.query(
        MEET,
        Columns.of(batch)
            .uuids(request -> request.step.stepId())
            .uuids(request -> request.step.stepId())
            .uuids(request -> request.step.batchId()),
        row -> {
          met.put(
              row.getObject("step_id", UUID.class),
              new Met(
                  row.getString("state") == null ? null : ClaimRow.of(row),
                  Hold.valueOf(row.getString("hold"))));
        });
    return met;
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
                plans.stream().map(plan -> plan.request.partition).toList(),
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
            .uuids(plan -> plan.request.step.batchId())
            .texts(plan -> plan.request.step.kind().wireName())
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
    RunStep step = plan.request.step;
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
