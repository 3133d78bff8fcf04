package io.kombine.worker.claim;

import io.kombine.contracts.StepKind;
import io.kombine.worker.claim.ClaimRow.Slot;
import io.kombine.worker.topic.StageCap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The rows that are the cap. A slot is looked for among the unlocked free ones, so searches of many
 * workers never wait for each other.
 */
final class Slots {

  private static final String CREATE =
      """
      insert into slots (kind, partition, n)
      select ?, p, n from generate_series(0, ? - 1) p, generate_series(0, ? - 1) n
      on conflict do nothing
      """;

  private static final String FREE =
      """
      select partition, n from slots
      where kind = ? and partition < ? and n < ? and free_after <= clock_timestamp()
      order by partition = any (?::int[]) desc, partition, n
      limit ? for no key update skip locked
      """;

  private static final String KEPT =
      """
      select s.step_id from slots s
      join unnest(?::text[], ?::int[], ?::int[], ?::uuid[], ?::bigint[])
          as a (kind, partition, n, step_id, token)
        on s.kind = a.kind and s.partition = a.partition and s.n = a.n
        and s.step_id = a.step_id and s.token = a.token
      order by s.kind, s.partition, s.n for no key update of s
      """;

  private final JdbcTemplate jdbc;
  private final Map<StepKind, StageCap> caps;
  private final Set<StepKind> created = ConcurrentHashMap.newKeySet();

  Slots(JdbcTemplate jdbc, Map<StepKind, StageCap> caps) {
    this.jdbc = jdbc;
    this.caps = new EnumMap<>(caps);
  }

  StageCap cap(StepKind kind) {
    StageCap cap = caps.get(kind);
    if (cap == null) {
      throw new IllegalArgumentException("no cap is configured for stage " + kind.wireName());
    }
    return cap;
  }

  /** Makes sure that the stage's slots exist; outside a transaction. */
  void create(StepKind kind) {
    if (!created.contains(kind)) {
      StageCap cap = cap(kind);
      jdbc.update(CREATE, kind.wireName(), cap.partitions(), cap.permitsPerPartition());
      created.add(kind);
    }
  }

  /** Locks at most {@code count} free slots, those of {@code preferred} partitions first. */
  List<Slot> lockFree(StepKind kind, Collection<Integer> preferred, int count) {
    if (count == 0) {
      return List.of();
    }
    StageCap cap = cap(kind);
    String partitions =
        "{" + String.join(",", preferred.stream().distinct().map(String::valueOf).toList()) + "}";
    return new ArrayList<>(
        jdbc.query(
            FREE,
            (row, i) -> new Slot(row.getInt(1), row.getInt(2)),
            kind.wireName(),
            cap.partitions(),
            cap.permitsPerPartition(),
            partitions,
            count));
  }

  /** Locks the slots that these claims still hold, and says whose they are. */
  Set<UUID> lockKept(List<ClaimRow> claims, StepKind kind) {
    List<ClaimRow> withSlot = claims.stream().filter(claim -> claim.slot() != null).toList();
    Set<UUID> kept = new TreeSet<>();
    if (withSlot.isEmpty()) {
      return kept;
    }
    jdbc.query(
        KEPT,
        Columns.of(withSlot)
            .texts(claim -> kind.wireName())
            .ints(claim -> claim.slot() == null ? null : claim.slot().partition())
            .ints(claim -> claim.slot() == null ? null : claim.slot().n())
            .uuids(ClaimRow::stepId)
            .longs(ClaimRow::token),
        row -> {
          kept.add(row.getObject(1, UUID.class));
        });
    return kept;
  }
}
