package io.kombine.worker.claim;

import io.kombine.contracts.ContractJson;
import io.kombine.contracts.StepEvent;
import io.kombine.contracts.StepState;
import io.kombine.contracts.StopOutcome;
import io.kombine.worker.claim.Claims.End;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Ends a batch of claims in one transaction, frees their slots and completes their ledger entries.
 *
 * <p>The entry of an owner's own call is completed whoever answers for the step by then: what was
 * paid was paid. Where the end does not tell what the call is billed, the amount stays open, and a
 * slot that another owner's call may still use stays taken until its hard timeout.
 */
final class Settling implements Combiner.Work<Settling.Request, Optional<StepEvent>> {

  record Request(Claim claim, End end, StepEvent result) {

    UUID stepId() {
      return claim.step().stepId();
    }

    /** Whether nobody knows what the call is billed, or whether it has ended at all. */
    boolean unsure() {
      return end == End.UNKNOWN
          || result.stopped() == StopOutcome.CHARGE_UNKNOWN
          || (result.error() != null && result.error().code().equals(TAKEOVERS));
    }

    @Nullable BigDecimal amount() {
      if (result.cost() != null) {
        return result.cost().amount();
      }
      return unsure() ? null : BigDecimal.ZERO;
    }

    @Nullable String currency() {
      return result.cost() == null ? null : result.cost().currency();
    }
  }

  private static final String TAKEOVERS = "takeovers";

  /**
   * why a success may resolve an unknown that another call of the step left: it was paid for. A
   * failure resolves only the call that it speaks of.
   */
  private static final String SETTLE =
      """
      with asked as materialized (
        select * from unnest(?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::bool[], ?::bool[],
            ?::numeric[], ?::text[])
          as a (step_id, token, end_state, result, succeeded, unsure, amount, currency)
      ), locked as materialized (
        select a.*, c.epoch, c.kind, c.slot_partition, c.slot_n, c.begun_token, c.ended_by,
               c.token as holder, c.result as stored,
               c.state in ('SETTLED', 'RELEASED', 'UNKNOWN') as ended,
               (c.token = a.token and c.state in ('RESERVED', 'CALLING', 'SUBMITTED'))
                 or (c.state = 'UNKNOWN' and a.end_state <> 'UNKNOWN'
                     and (c.begun_token = a.token or c.token = a.token
                          or (a.succeeded and exists (select 1 from ledger g
                              where g.token = a.token and g.step_id = a.step_id)))) as takes
        from claims c join asked a on a.step_id = c.step_id
        order by c.step_id for no key update of c
      ), ended as (
        update claims c set state = l.end_state, result = l.result, ended_state = l.end_state,
            ended_epoch = l.epoch, ended_by = l.token, published = false,
            lease_until = clock_timestamp()
        from locked l where l.takes and c.step_id = l.step_id
      ), freed as (
        update slots s set step_id = null, token = null, free_after = '-infinity'
        from locked l
        where s.kind = l.kind and s.step_id = l.step_id
          and s.token = any (array[l.token, case when l.takes then l.holder end])
          and not (l.takes and l.unsure and l.begun_token <> l.token)
      ), paid as (
        update ledger g set amount = coalesce(l.amount, g.amount),
            currency = coalesce(l.currency, g.currency), settled_at = clock_timestamp()
        from locked l
        where g.token = any (array[l.token,
            case when l.takes and l.token = l.holder then l.begun_token end])
          and (l.takes or g.amount is null)
      )
      select step_id, epoch, takes, ended and ended_by = token as mine, stored from locked
      """;

  private final JdbcTemplate jdbc;
  private final TransactionOperations transactions;

  Settling(JdbcTemplate jdbc, TransactionOperations transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  @Override
  public List<Optional<StepEvent>> run(List<Request> batch) {
    Map<UUID, Request> asked = new HashMap<>();
    batch.forEach(request -> asked.put(request.stepId(), request));
    Map<UUID, StepEvent> answers =
        Objects.requireNonNull(transactions.execute(status -> settle(asked, batch)));
    return batch.stream()
        .map(request -> Optional.ofNullable(answers.get(request.stepId())))
        .toList();
  }

  private Map<UUID, StepEvent> settle(Map<UUID, Request> asked, List<Request> batch) {
    Map<UUID, StepEvent> answers = new HashMap<>();
    jdbc.query(
        SETTLE,
        columns(batch),
        row -> {
          UUID stepId = row.getObject("step_id", UUID.class);
          int epoch = row.getInt("epoch");
          if (row.getBoolean("takes")) {
            answers.put(
                stepId, Epochs.raise(Objects.requireNonNull(asked.get(stepId)).result, epoch));
          } else if (row.getBoolean("mine")) {
            // why: the answer of a settlement that was committed got lost
            StepEvent stored =
                ContractJson.mapper().readValue(row.getString("stored"), StepEvent.class);
            answers.put(stepId, Epochs.raise(stored, epoch));
          }
        });
    return answers;
  }

  private static Columns<Request> columns(List<Request> batch) {
    return Columns.of(batch)
        .uuids(Request::stepId)
        .longs(request -> request.claim.token())
        .texts(request -> request.end.name())
        .texts(request -> ContractJson.mapper().writeValueAsString(request.result))
        .booleans(request -> request.result.state() == StepState.SUCCEEDED)
        .booleans(Request::unsure)
        .decimals(Request::amount)
        .texts(Request::currency);
  }
}
