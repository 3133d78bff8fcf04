package io.kombine.worker.claim;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Renews the leases of all claims that this process works on, and lets go of those that it lost.
 */
final class Renewing {

  private static final Logger LOG = LoggerFactory.getLogger(Renewing.class);

  /**
   * why a begun call's lease may be renewed after it ran out: nobody has taken the step over, and
   * whoever does would have to guess at a call that is in good hands.
   */
  private static final String RENEW =
      """
      with locked as materialized (
        select c.step_id, c.token, c.kind, c.slot_partition, c.slot_n,
               c.begun_token is not distinct from c.token as begun
        from claims c join unnest(?::uuid[], ?::bigint[]) as a (step_id, token)
          on a.step_id = c.step_id and a.token = c.token
        where c.state in ('CALLING', 'SUBMITTED')
          or (c.state = 'RESERVED' and c.lease_until > clock_timestamp())
        order by c.step_id for no key update of c
      ), renewed as (
        update claims c set lease_until = clock_timestamp() + ? * interval '1 millisecond'
        from locked l where c.step_id = l.step_id
      ), held as (
        update slots s set free_after =
            greatest(s.free_after, clock_timestamp() + ? * interval '1 millisecond')
        from locked l
        where not l.begun and s.kind = l.kind and s.partition = l.slot_partition
          and s.n = l.slot_n and s.step_id = l.step_id and s.token = l.token
      )
      select step_id from locked
      """;

  private final JdbcTemplate jdbc;
  private final TransactionOperations transactions;
  private final HeldClaims held;
  private final Duration lease;
  private final int maxBatch;

  Renewing(
      JdbcTemplate jdbc,
      TransactionOperations transactions,
      HeldClaims held,
      Duration lease,
      int maxBatch) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.held = held;
    this.lease = lease;
    this.maxBatch = maxBatch;
  }

  /** One round; a failed one is logged, and the next comes before the leases run out. */
  void run() {
    try {
      List<HeldClaims.Held> all = held.all();
      for (int from = 0; from < all.size(); from += maxBatch) {
        renew(all.subList(from, Math.min(all.size(), from + maxBatch)));
      }
    } catch (DataAccessException e) {
      LOG.warn("The leases of {} claims could not be renewed", held.all().size(), e);
    }
  }

  private void renew(List<HeldClaims.Held> claims) {
    Set<UUID> renewed = new HashSet<>();
    transactions.executeWithoutResult(status ->
        jdbc.query(
            RENEW,
            Columns.of(claims)
                .uuids(HeldClaims.Held::stepId)
                .longs(HeldClaims.Held::token)
                .value(lease.toMillis())
                .value(lease.toMillis()),
            row -> {
              renewed.add(row.getObject(1, UUID.class));
            }));
    for (HeldClaims.Held claim : claims) {
      if (!renewed.contains(claim.stepId())) {
        held.remove(claim.stepId(), claim.token());
      }
    }
  }
}
