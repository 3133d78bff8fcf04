package io.kombine.batch.delivery;

import io.kombine.batch.model.BatchRow;
import io.kombine.batch.step.StepMoves.PlannedFile;
import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.DeliveryEvent;
import io.kombine.contracts.DeliveryState;
import io.kombine.contracts.Ids;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Files of batches that the transaction has locked (see {@code BatchRows.lock}), and the batches'
 * counts of them, which every method here keeps in step.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
public class DeliveryRows {

  private static final String MANIFEST_PATH = "manifest.json";

  private final JdbcClient jdbc;
  private final Clock clock;
  private final EarlyDeliveries early;

  DeliveryRows(JdbcClient jdbc, Clock clock, EarlyDeliveries early) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.early = early;
  }

  /**
   * Adds files whose deliveries their steps' workers have published. Those that were added before
   * stay as they are; what was heard of a file before it was known is applied now.
   */
  public void plan(Collection<PlannedFile> files) {
    plan(files, true);
  }

  /** Adds files that no worker has published, to be published from here. */
  public void planUnpublished(Collection<PlannedFile> files) {
    plan(files, false);
  }

  private void plan(Collection<PlannedFile> files, boolean published) {
    if (files.isEmpty()) {
      return;
    }
    record Row(
        UUID deliveryId,
        UUID batchId,
        UUID stepId,
        int index,
        List<String> path,
        ArtifactRef ref) {}
    List<Row> rows = new ArrayList<>();
    for (PlannedFile file : files) {
      rows.add(
          new Row(
              file.delivery().deliveryId(),
              file.batchId(),
              file.stepId(),
              file.output().index(),
              file.delivery().path(),
              file.output().artifact()));
    }
    record Added(UUID deliveryId, UUID batchId) {}
    List<Added> added =
        jdbc.sql(
                """
                INSERT INTO deliveries (
                  delivery_id, batch_id, step_id, output_index, path, artifact, manifest, epoch,
                  state, rank, announced, touched_at)
                SELECT "deliveryId", "batchId", "stepId", index,
                  ARRAY(SELECT jsonb_array_elements_text(path)), ref, false, 1, 'PENDING', 0, ?, ?
                FROM jsonb_to_recordset(CAST(? AS jsonb)) AS n (
                  "deliveryId" uuid, "batchId" uuid, "stepId" uuid, index int, path jsonb, ref jsonb)
                ON CONFLICT (delivery_id) DO NOTHING
                RETURNING delivery_id, batch_id
                """)
            .params(published, now(), ContractJson.mapper().writeValueAsString(rows))
            .query(Added.class)
            .list();
    Map<UUID, FileCounts> counts = new HashMap<>();
    for (Added file : added) {
      counts.merge(
          file.batchId(), FileCounts.NONE.moved(null, DeliveryState.PENDING), DeliveryRows::sum);
    }
    count(counts);
    apply(early.take(added.stream().map(Added::deliveryId).toList()));
  }

  /**
   * Applies reports, each unless a later one is known. A report of a file that is not known yet is
   * kept until it is.
   *
   * @return the batches whose files changed
   */
  public Set<UUID> apply(Collection<DeliveryEvent> events) {
    if (events.isEmpty()) {
      return Set.of();
    }
    Map<UUID, DeliveryRow> known = load(events.stream().map(DeliveryEvent::deliveryId).toList());
    Map<UUID, DeliveryEvent> latest = new LinkedHashMap<>();
    Map<UUID, FileCounts> counts = new LinkedHashMap<>();
    Set<UUID> outdated = new HashSet<>();
    for (DeliveryEvent event : events) {
      DeliveryRow row = known.get(event.deliveryId());
      if (row == null) {
        early.keep(event);
      } else if (row.batchId().equals(event.batchId())
          && row.isBefore(event.epoch(), event.state())) {
        FileCounts before = counts.getOrDefault(row.batchId(), FileCounts.NONE);
        counts.put(row.batchId(), before.moved(row.state(), event.state()));
        known.put(row.deliveryId(), row.at(event.epoch(), event.state()));
        latest.put(row.deliveryId(), event);
        if (!row.manifest()) {
          outdated.add(row.batchId());
        }
      }
    }
    write(latest.values());
    outdate(outdated);
    count(counts);
    complete(counts.keySet());
    return counts.keySet();
  }

  /**
   * Sends a batch's failed files again, at their next epoch; the manifest is not among them.
   *
   * @return how many
   */
  public int retryFailed(UUID batchId) {
    return retryFailed(batchId, null);
  }

  /**
   * The same for some groups only.
   *
   * @param groups null for all
   */
  public int retryFailed(UUID batchId, @Nullable Collection<Integer> groups) {
    int retried =
        jdbc.sql(
                """
                UPDATE deliveries SET state = 'PENDING', rank = 0, epoch = epoch + 1, url = null,
                  error_code = null, error_message = null, announced = false, touched_at = ?
                WHERE batch_id = ? AND state = 'FAILED' AND NOT manifest
                  AND (? OR step_id IN (SELECT step_id FROM steps
                    WHERE batch_id = ? AND group_index = ANY (?)))
                """)
            .params(
                now(),
                batchId,
                groups == null,
                batchId,
                groups == null ? new Integer[0] : groups.toArray(Integer[]::new))
            .update();
    if (retried > 0) {
      outdate(Set.of(batchId));
      count(Map.of(batchId, new FileCounts(0, 0, -retried)));
    }
    return retried;
  }

  /**
   * Has a manifest that could not be delivered written anew.
   *
   * @return 1 if there was one, otherwise 0
   */
  public int rewriteFailedManifest(UUID batchId) {
    int failed =
        jdbc.sql(
                """
                SELECT count(*) FROM deliveries
                WHERE batch_id = ? AND manifest AND state = 'FAILED'
                """)
            .param(batchId)
            .query(Integer.class)
            .single();
    if (failed > 0) {
      outdate(Set.of(batchId));
    }
    return failed;
  }

  /**
   * Puts a batch's manifest on its way, in place of an earlier one; nobody has published it yet.
   */
  public void deliverManifest(BatchRow batch, ArtifactRef manifest) {
    UUID batchId = batch.batchId();
    int epoch = batch.manifestEpoch() + 1;
    FileCounts change =
        jdbc.sql("SELECT state FROM deliveries WHERE batch_id = ? AND manifest")
            .param(batchId)
            .query((row, number) -> DeliveryState.valueOf(row.getString("state")))
            .optional()
            .map(earlier -> FileCounts.NONE.moved(earlier, DeliveryState.PENDING))
            .orElseGet(() -> FileCounts.NONE.moved(null, DeliveryState.PENDING));
    String artifact = ContractJson.mapper().writeValueAsString(manifest);
    if (change.files() == 0) {
      jdbc.sql(
              """
              UPDATE deliveries SET artifact = CAST(? AS jsonb), epoch = ?, state = 'PENDING',
                rank = 0, url = null, error_code = null, error_message = null, announced = false,
                touched_at = ?
              WHERE batch_id = ? AND manifest
              """)
          .params(artifact, epoch, now(), batchId)
          .update();
    } else {
      jdbc.sql(
              """
              INSERT INTO deliveries (
                delivery_id, batch_id, output_index, path, artifact, manifest, epoch, state, rank,
                announced, touched_at)
              VALUES (?, ?, 0, ARRAY[?], CAST(? AS jsonb), true, ?, 'PENDING', 0, false, ?)
              """)
          .params(Ids.next(), batchId, MANIFEST_PATH, artifact, epoch, now())
          .update();
    }
    jdbc.sql(
            """
            UPDATE batches SET manifest_epoch = ?, manifest_written = true,
              deliveries_complete = false
            WHERE batch_id = ?
            """)
        .params(epoch, batchId)
        .update();
    count(Map.of(batchId, change));
  }

  private Map<UUID, DeliveryRow> load(Collection<UUID> ids) {
    Map<UUID, DeliveryRow> rows = new HashMap<>();
    jdbc.sql(
            """
            SELECT delivery_id, batch_id, manifest, epoch, state FROM deliveries
            WHERE delivery_id = ANY (?)
            """)
        .param(ids.toArray(UUID[]::new))
        .query(DeliveryRow.class)
        .list()
        .forEach(row -> rows.put(row.deliveryId(), row));
    return rows;
  }

  private void write(Collection<DeliveryEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    record Row(DeliveryEvent event, int rank) {}
    List<Row> rows = events.stream().map(e -> new Row(e, e.state().rank())).toList();
    jdbc.sql(
            """
            UPDATE deliveries d SET epoch = n.epoch, state = n.state, rank = n.rank,
              url = n.event ->> 'url', error_code = n.event #>> '{error,code}',
              error_message = n.event #>> '{error,message}', announced = true, touched_at = ?
            FROM (
              SELECT event, rank, CAST(event ->> 'deliveryId' AS uuid) AS delivery_id,
                CAST(event ->> 'epoch' AS int) AS epoch, event ->> 'state' AS state
              FROM jsonb_to_recordset(CAST(? AS jsonb)) AS r (event jsonb, rank smallint)) n
            WHERE d.delivery_id = n.delivery_id AND (d.epoch, d.rank) < (n.epoch, n.rank)
            """)
        .params(now(), ContractJson.mapper().writeValueAsString(rows))
        .update();
    for (DeliveryEvent event : events) {
      String folderUrl = event.folderUrl();
      if (folderUrl != null) {
        jdbc.sql(
                """
                UPDATE batches SET folder_url = ?
                WHERE batch_id = ? AND folder_url IS DISTINCT FROM ?
                """)
            .params(folderUrl, event.batchId(), folderUrl)
            .update();
      }
    }
  }

  private void count(Map<UUID, FileCounts> changes) {
    changes.forEach((batchId, change) ->
        jdbc.sql(
                """
                UPDATE batches SET files = files + ?, files_delivered = files_delivered + ?,
                  files_failed = files_failed + ?
                WHERE batch_id = ?
                """)
            .params(change.files(), change.delivered(), change.failed(), batchId)
            .update());
  }

  private void outdate(Set<UUID> batchIds) {
    if (!batchIds.isEmpty()) {
      jdbc.sql(
              """
              UPDATE batches SET manifest_written = false, deliveries_complete = false
              WHERE batch_id = ANY (?) AND (manifest_written OR deliveries_complete)
              """)
          .param(batchIds.toArray(UUID[]::new))
          .update();
    }
  }

  private void complete(Set<UUID> batchIds) {
    jdbc.sql(
            """
            UPDATE batches b SET deliveries_complete = true
            FROM deliveries d
            WHERE b.batch_id = ANY (?) AND b.manifest_written AND NOT b.deliveries_complete
              AND d.batch_id = b.batch_id AND d.manifest AND d.epoch = b.manifest_epoch
              AND d.state <> 'PENDING'
            """)
        .param(batchIds.toArray(UUID[]::new))
        .update();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static FileCounts sum(FileCounts one, FileCounts other) {
    return new FileCounts(
        one.files() + other.files(),
        one.delivered() + other.delivered(),
        one.failed() + other.failed());
  }
}
