package io.kombine.batch.model;

import io.kombine.batch.model.NewBatch.Idempotency;
import io.kombine.contracts.BatchControl.Hold;
import io.kombine.contracts.BatchKind;
import io.kombine.contracts.Ids;
import io.kombine.contracts.StepProblem;
import io.kombine.worker.crash.CrashPoint;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Accepts batches: writes batch, groups and steps in one transaction, which is also the outbox. */
@Service
public class BatchService {

  private static final DateTimeFormatter FOLDER_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH-mm-ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final EntityManager entities;
  private final JdbcClient jdbc;
  private final PlanWriter planWriter;
  private final BatchRows rows;
  private final Clock clock;
  private final WorkSignal signal;
  private final ObjectProvider<AcceptanceListener> listeners;

  BatchService(
      EntityManager entities,
      JdbcClient jdbc,
      PlanWriter planWriter,
      BatchRows rows,
      Clock clock,
      WorkSignal signal,
      ObjectProvider<AcceptanceListener> listeners) {
    this.entities = entities;
    this.jdbc = jdbc;
    this.planWriter = planWriter;
    this.rows = rows;
    this.clock = clock;
    this.signal = signal;
    this.listeners = listeners;
  }

  /**
   * Writes a batch whose steps admission may run from then on. A request whose idempotency key and
   * body were accepted before answers that batch and writes nothing.
   *
   * @throws IdempotencyConflictException when the key stands for another body
   */
  @Transactional
  public Accepted accept(NewBatch batch) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    UUID batchId = Ids.next();
    Idempotency idempotency = batch.idempotency();
    if (idempotency != null) {
      Optional<UUID> earlier = claim(batch.owner(), idempotency, batchId, now);
      if (earlier.isPresent()) {
        return new Accepted(earlier.get(), true);
      }
    }
    entities.persist(new Batch(batchId, batch, folder(batch.folderName(), now), now));
    entities.flush();
    planWriter.write(batchId, batch.plan(), now);
    tell(batchId, batch.plan().kind(), batch.owner(), idempotency, now);
    CrashPoint.PLAN_WRITTEN.reached(batchId);
    signal.raise();
    return new Accepted(batchId, false);
  }

  /**
   * Writes a batch without steps, to be planned later.
   *
   * @throws IdempotencyConflictException when the key stands for another body
   */
  @Transactional
  public Accepted acceptPlanning(PlanningBatch batch) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    UUID batchId = Ids.next();
    Idempotency idempotency = batch.idempotency();
    if (idempotency != null) {
      Optional<UUID> earlier = claim(batch.owner(), idempotency, batchId, now);
      if (earlier.isPresent()) {
        return new Accepted(earlier.get(), true);
      }
    }
    entities.persist(new Batch(batchId, batch, folder(batch.folderName(), now), now));
    entities.flush();
    tell(batchId, batch.kind(), batch.owner(), idempotency, now);
    signal.raise();
    return new Accepted(batchId, false);
  }

  /**
   * Writes the plan of a batch that has none, in one transaction: admission may run its steps from
   * then on.
   *
   * @return false where the batch is not being planned any more, or was cancelled; nothing is
   *     written then
   */
  @Transactional
  public boolean plan(UUID batchId, LatePlan late) {
    BatchRow batch = rows.lock(Set.of(batchId)).get(batchId);
    if (batch == null || !batch.planning() || batch.hold() == Hold.CANCELLED) {
      return false;
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    planWriter.write(batchId, late.plan(), now);
    planWriter.fail(batchId, late.lost(), now);
    StepProblem error = late.error();
    jdbc.sql(
            """
            UPDATE batches SET planning = false, total_steps = ?, quoted = ?,
              error_code = nullif(?, ''), error_message = nullif(?, '')
            WHERE batch_id = ?
            """)
        .params(
            late.plan().steps().size(),
            late.quoted().amount(),
            error == null ? "" : error.code(),
            error == null ? "" : error.message(),
            batchId)
        .update();
    rows.refresh(Set.of(batchId));
    CrashPoint.PLAN_WRITTEN.reached(batchId);
    return true;
  }

  /** The batch an idempotency key already stands for; read before a request is worked out. */
  @Transactional(readOnly = true)
  public Optional<UUID> find(String owner, @Nullable Idempotency idempotency) {
    return idempotency == null ? Optional.empty() : stored(owner, idempotency);
  }

  /**
   * Lets an idempotency key stand for what is about to be written, which need not be a batch.
   * Within the transaction that writes it.
   *
   * @return what the key stands for already, if it does
   * @throws IdempotencyConflictException when the key stands for another body
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<UUID> claim(String owner, Idempotency idempotency, UUID id, Instant now) {
    int claimed =
        jdbc.sql(
                """
                INSERT INTO idempotency_keys (owner, key, request_hash, batch_id, created_at)
                VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """)
            .params(
                owner,
                idempotency.key(),
                idempotency.requestHash(),
                id,
                now.atOffset(ZoneOffset.UTC))
            .update();
    return claimed == 1 ? Optional.empty() : stored(owner, idempotency);
  }

  private void tell(
      UUID batchId, BatchKind kind, String owner, @Nullable Idempotency idempotency, Instant now) {
    if (idempotency != null) {
      listeners.forEach(each -> each.accepted(batchId, kind, owner, idempotency.key(), now));
    }
  }

  private Optional<UUID> stored(String owner, Idempotency idempotency) {
    record Stored(String requestHash, UUID batchId) {}
    Optional<Stored> stored =
        jdbc.sql("SELECT request_hash, batch_id FROM idempotency_keys WHERE owner = ? AND key = ?")
            .params(owner, idempotency.key())
            .query(Stored.class)
            .optional();
    if (stored.isPresent()
        && !Objects.equals(stored.get().requestHash(), idempotency.requestHash())) {
      throw new IdempotencyConflictException(idempotency.key());
    }
    return stored.map(Stored::batchId);
  }

  private String folder(String name, Instant now) {
    // why locked until the batch is written: others of this name would not see its folder
    jdbc.sql("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(?, 0))")
        .param(name)
        .query(Integer.class)
        .single();
    for (Instant time = now; ; time = time.plusMillis(1)) {
      String folder = "%s [%s]".formatted(name, FOLDER_TIME.format(time));
      if (jdbc.sql("SELECT count(*) FROM batches WHERE folder = ?")
              .param(folder)
              .query(Integer.class)
              .single()
          == 0) {
        return folder;
      }
    }
  }
}
