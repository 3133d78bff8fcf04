package io.kombine.batch.control;

import io.kombine.contracts.ControlConfirmed;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What stages have said about controls. A stage that answers twice, after a crash, may name fewer
 * steps the second time; what either names has begun.
 */
@Repository
class Confirmations {

  private final JdbcClient jdbc;

  Confirmations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(ControlConfirmed confirmed) {
    jdbc.sql(
            """
            INSERT INTO control_confirmations AS c (batch_id, sequence, stage, part, parts, begun)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (batch_id, sequence, stage, part) DO UPDATE SET
              parts = least(c.parts, excluded.parts),
              begun = ARRAY(SELECT unnest(c.begun) UNION SELECT unnest(excluded.begun))
            """)
        .params(
            confirmed.batchId(),
            confirmed.sequence(),
            confirmed.stage().wireName(),
            confirmed.part(),
            confirmed.parts(),
            confirmed.begun().toArray(UUID[]::new))
        .update();
  }

  /** Whether every stage that the batch has steps in has confirmed with all its parts. */
  boolean isComplete(UUID batchId, long sequence) {
    return jdbc.sql(
            """
            SELECT count(*) = 0 FROM (
              SELECT kind FROM step_counts WHERE batch_id = ? GROUP BY kind
              EXCEPT
              SELECT stage FROM control_confirmations
              WHERE batch_id = ? AND sequence = ?
              GROUP BY stage HAVING count(*) >= min(parts)) silent
            """)
        .params(batchId, batchId, sequence)
        .query(Boolean.class)
        .single();
  }

  /** The steps whose call had begun, as far as stages have said. */
  Set<UUID> begun(UUID batchId, long sequence) {
    return new HashSet<>(
        jdbc.sql(
                """
                SELECT DISTINCT unnest(begun) FROM control_confirmations
                WHERE batch_id = ? AND sequence = ?
                """)
            .params(batchId, sequence)
            .query(UUID.class)
            .list());
  }

  /** Forgets what was said about earlier controls of the batches. */
  void forgetEarlier(Collection<UUID> batchIds) {
    jdbc.sql(
            """
            DELETE FROM control_confirmations c USING batches b
            WHERE b.batch_id = ANY (?) AND c.batch_id = b.batch_id
              AND c.sequence < b.control_sequence
            """)
        .param(batchIds.toArray(UUID[]::new))
        .update();
  }
}
