package io.kombine.worker.claim;

import io.kombine.contracts.BatchControl.Hold;
import io.kombine.contracts.RunStep;
import io.kombine.worker.claim.ClaimRule.Decision;
import io.kombine.worker.claim.ClaimRule.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
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

  private static final String RAISE =
      """
      update claims c set epoch = a.epoch
      from unnest(?::uuid[], ?::int[]) as a (step_id, epoch)
      where c.step_id = a.step_id and c.epoch < a.epoch
      """;

  private final JdbcTemplate jdbc;
  private final TransactionOperations transactions;
  private final Slots slots;
  private final Taking taking;
  private final HeldClaims held;
  private final ClaimRule rule;

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
    this.taking = new Taking(jdbc, slots, rule, lease);
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
    List<Taking.Plan> plans = new ArrayList<>();
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
        plans.add(new Taking.Plan(request, at.claim, decision, null));
      }
    }
    taking.run(plans, answers);
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
}
