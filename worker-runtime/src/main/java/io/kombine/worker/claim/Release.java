package io.kombine.worker.claim;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Gives back claims whose call has not begun in this taking. One that took over another's begun
 * call is left to the next owner at once; any other is as if it never was, so that an earlier end
 * of the step goes on answering for it.
 */
final class Release implements Combiner.Work<Claim, Boolean> {

  private static final String RELEASE =
      """
      with locked as materialized (
        select c.* from claims c
        join unnest(?::uuid[], ?::bigint[]) as a (step_id, token)
          on a.step_id = c.step_id and a.token = c.token
        where c.state in ('RESERVED', 'CALLING', 'SUBMITTED')
          and c.begun_token is distinct from c.token
        order by c.step_id for no key update of c
      ), freed as (
        update slots s set step_id = null, token = null, free_after = '-infinity'
        from locked l
        where l.begun_token is null and s.kind = l.kind and s.partition = l.slot_partition
          and s.n = l.slot_n and s.step_id = l.step_id and s.token = l.token
      ), gone as (
        delete from claims c using locked l
        where c.step_id = l.step_id and l.begun_token is null and l.ended_state is null
      ), restored as (
        update claims c set state = l.ended_state, epoch = l.ended_epoch, published = true,
            lease_until = clock_timestamp()
        from locked l
        where c.step_id = l.step_id and l.begun_token is null and l.ended_state is not null
      ), left_to_others as (
        update claims c set lease_until = clock_timestamp(), takeovers = c.takeovers - 1
        from locked l
        where c.step_id = l.step_id and l.begun_token is not null
      )
      select count(*) from locked
      """;

  private final JdbcTemplate jdbc;
  private final TransactionOperations transactions;

  Release(JdbcTemplate jdbc, TransactionOperations transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  @Override
  public List<Boolean> run(List<Claim> claims) {
    transactions.executeWithoutResult(status -> release(claims));
    return claims.stream().map(claim -> true).toList();
  }

  /** Within the caller's transaction. */
  void release(List<Claim> claims) {
    jdbc.query(
        RELEASE,
        Columns.of(claims).uuids(claim -> claim.step().stepId()).longs(Claim::token),
        row -> {});
  }
}
