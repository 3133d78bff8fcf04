package io.kombine.worker.claim;

import io.kombine.contracts.StepKind;
import io.kombine.worker.claim.ClaimRow.Slot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Finds a slot of its own for a call that repeats one which was begun by a worker that is gone: the
 * lost call may still go on, so its slot stays its own until its end is known or its hard timeout
 * has passed.
 */
final class AnotherSlot {

  /** why first: claims are locked before slots, everywhere. */
  private static final String LOCK =
      """
      select c.step_id, c.kind, c.slot_partition from claims c
      join unnest(?::uuid[], ?::bigint[]) as a (step_id, token)
        on a.step_id = c.step_id and a.token = c.token
      where c.begun_token <> c.token and c.state in ('RESERVED', 'CALLING', 'SUBMITTED')
        and c.call_deadline > clock_timestamp()
      order by c.step_id for no key update of c
      """;

  private static final String LEAVE =
      """
      update slots s set token = c.begun_token, free_after = c.call_deadline
      from claims c
      where c.step_id = any (?::uuid[]) and s.kind = c.kind and s.partition = c.slot_partition
        and s.n = c.slot_n and s.step_id = c.step_id and s.token = c.token
      """;

  private static final String TAKE =
      """
      with taken as (
        update claims c set slot_partition = a.partition, slot_n = a.n
        from unnest(?::uuid[], ?::int[], ?::int[]) as a (step_id, partition, n)
        where c.step_id = a.step_id
        returning c.step_id, c.token, c.kind, c.slot_partition, c.slot_n, c.lease_until
      )
      update slots s set step_id = t.step_id, token = t.token, free_after = t.lease_until
      from taken t
      where s.kind = t.kind and s.partition = t.slot_partition and s.n = t.slot_n
      """;

  private record Repeat(UUID stepId, StepKind kind, int partition) {}

  private record Granted(UUID stepId, Slot slot) {}

  private final JdbcTemplate jdbc;
  private final Slots slots;

  AnotherSlot(JdbcTemplate jdbc, Slots slots) {
    this.jdbc = jdbc;
    this.slots = slots;
  }

  /**
   * Within the caller's transaction.
   *
   * @return the steps that need another slot and get none
   */
  Set<UUID> take(List<Claim> claims) {
    List<Claim> takenOver = claims.stream().filter(claim -> claim.takeovers() > 0).toList();
    if (takenOver.isEmpty()) {
      return Set.of();
    }
    List<Repeat> repeats =
        jdbc.query(
            LOCK,
            Columns.of(takenOver).uuids(claim -> claim.step().stepId()).longs(Claim::token),
            (row, i) ->
                new Repeat(
                    row.getObject("step_id", UUID.class),
                    StepKind.of(row.getString("kind")),
                    row.getInt("slot_partition")));
    Set<UUID> without = new TreeSet<>();
    repeats.stream()
        .collect(Collectors.groupingBy(Repeat::kind))
        .forEach((kind, ofKind) -> take(kind, ofKind, without));
    return without;
  }

  private void take(StepKind kind, List<Repeat> repeats, Collection<UUID> without) {
    Deque<Slot> free =
        new ArrayDeque<>(
            slots.lockFree(kind, repeats.stream().map(Repeat::partition).toList(), repeats.size()));
    List<Granted> granted = new ArrayList<>();
    for (Repeat repeat : repeats) {
      Slot slot = free.poll();
      if (slot == null) {
        without.add(repeat.stepId);
      } else {
        granted.add(new Granted(repeat.stepId, slot));
      }
    }
    if (!granted.isEmpty()) {
      jdbc.update(LEAVE, Columns.of(granted).uuids(Granted::stepId));
      jdbc.update(
          TAKE,
          Columns.of(granted)
              .uuids(Granted::stepId)
              .ints(each -> each.slot.partition())
              .ints(each -> each.slot.n()));
    }
  }
}
