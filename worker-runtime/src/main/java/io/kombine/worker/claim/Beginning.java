package io.kombine.worker.claim;

import io.kombine.contracts.BatchControl.Hold;
import io.kombine.contracts.RunStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Begins the calls of a batch of claims in one transaction, under the shared locks of their
 * batches, and opens their ledger entries.
 */
final class Beginning implements Combiner.Work<Beginning.Request, Begin> {

  record Request(Claim claim, Duration hardTimeout) {
    RunStep step() {
      return claim.step();
    }
  }

  private record Outcome(Begin begin, boolean release) {}

  /** why a statement of its own: the next one sees what was committed before the locks were had. */
  private static final String LOCK =
      """
      select pg_advisory_xact_lock_shared(s.k) from (
        select distinct hashtextextended(current_schema() || b::text, 0) as k
        from unnest(?::uuid[]) b order by 1) s
      """;

  private static final String BEGIN =
      """
      with asked as materialized (
        select * from unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::int[], ?::text[], ?::text[],
            ?::text[], ?::text[], ?::numeric[], ?::text[])
          as a (step_id, token, timeout_millis, epoch, owner, account, provider, model, expected,
            currency)
      ), locked as materialized (
        select c.step_id, c.token, c.kind, c.slot_partition, c.slot_n,
               coalesce(k.hold, 'NONE') as hold, c.begun_token is not null as taken_over,
               c.state in ('RESERVED', 'CALLING', 'SUBMITTED')
                 and c.begun_token is distinct from c.token
                 and c.lease_until > clock_timestamp() as able
        from claims c
        join asked a on a.step_id = c.step_id and a.token = c.token
        left join controls k on k.batch_id = c.batch_id
        order by c.step_id for no key update of c
      ), slot as (
        update slots s set free_after = greatest(
            case when l.taken_over then s.free_after end,
            clock_timestamp() + a.timeout_millis * interval '1 millisecond')
        from locked l join asked a on a.step_id = l.step_id
        where l.able and l.hold = 'NONE'
          and s.kind = l.kind and s.partition = l.slot_partition and s.n = l.slot_n
          and s.step_id = l.step_id and s.token = l.token and s.free_after > clock_timestamp()
        returning s.step_id
      ), begun as (
        update claims c set state = 'CALLING', begun_token = c.token, call_epoch = a.epoch,
            call_started_at = clock_timestamp(),
            call_deadline = clock_timestamp() + a.timeout_millis * interval '1 millisecond',
            provider_task_id = null
        from slot join asked a on a.step_id = slot.step_id
        where c.step_id = slot.step_id
        returning c.step_id, c.batch_id, c.kind, c.token, c.owner, c.call_started_at
      ), entry as (
        insert into ledger (token, step_id, batch_id, kind, epoch, owner, account, provider, model,
            expected, currency, worker, called_at)
        select b.token, b.step_id, b.batch_id, b.kind, a.epoch, a.owner, a.account, a.provider,
            a.model, a.expected, a.currency, b.owner, b.call_started_at
        from begun b join asked a on a.step_id = b.step_id
      )
      select l.step_id, l.hold, l.able, l.taken_over, slot.step_id is not null as granted
      from locked l left join slot on slot.step_id = l.step_id
      """;

  private final JdbcTemplate jdbc;
  private final TransactionOperations transactions;
  private final AnotherSlot anotherSlot;
  private final Release release;

  Beginning(JdbcTemplate jdbc, TransactionOperations transactions, Slots slots, Release release) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.anotherSlot = new AnotherSlot(jdbc, slots);
    this.release = release;
  }

  @Override
  public List<Begin> run(List<Request> batch) {
    return Objects.requireNonNull(transactions.execute(status -> begin(batch)));
  }

  private List<Begin> begin(List<Request> batch) {
    jdbc.query(LOCK, Columns.of(batch).uuids(request -> request.step().batchId()), row -> {});
    Set<UUID> without = anotherSlot.take(batch.stream().map(Request::claim).toList());
    List<Request> able =
        batch.stream().filter(request -> !without.contains(request.step().stepId())).toList();
    Map<UUID, Outcome> outcomes = new HashMap<>();
    without.forEach(stepId -> outcomes.put(stepId, new Outcome(new Begin.NoSlot(), false)));
    jdbc.query(
        BEGIN,
        columns(able),
        row -> {
          Hold hold = Hold.valueOf(row.getString("hold"));
          boolean forbidden = row.getBoolean("able") && hold != Hold.NONE;
          Begin begin;
          if (row.getBoolean("granted")) {
            begin = new Begin.Granted();
          } else {
            begin = forbidden ? new Begin.Forbidden(hold) : new Begin.Lost();
          }
          outcomes.put(
              row.getObject("step_id", UUID.class),
              new Outcome(begin, forbidden && !row.getBoolean("taken_over")));
        });
    List<Claim> released = new ArrayList<>();
    List<Begin> answers = new ArrayList<>();
    for (Request request : batch) {
      Outcome outcome =
          outcomes.getOrDefault(request.step().stepId(), new Outcome(new Begin.Lost(), false));
      answers.add(outcome.begin);
      if (outcome.release) {
        released.add(request.claim);
      }
    }
    if (!released.isEmpty()) {
      release.release(released);
    }
    return answers;
  }

  private static Columns<Request> columns(List<Request> batch) {
    return Columns.of(batch)
        .uuids(request -> request.step().stepId())
        .longs(request -> request.claim.token())
        .longs(request -> request.hardTimeout.toMillis())
        .ints(request -> request.step().epoch())
        .texts(request -> request.step().owner())
        .texts(request -> request.step().account())
        .texts(request -> request.step().provider())
        .texts(request -> request.step().model())
        .decimals(request -> request.step().price().amount().amount())
        .texts(request -> request.step().price().amount().currency());
  }
}
