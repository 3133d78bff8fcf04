package io.kombine.worker.claim;

import io.kombine.contracts.BatchControl;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepEvent;
import io.kombine.contracts.StepKind;
import io.kombine.worker.WorkerIdentity;
import io.kombine.worker.topic.StageCap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The claims in PostgreSQL; uses at most eight connections at once. */
final class PostgresClaims implements Claims, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresClaims.class);
  private static final Duration HOUSEKEEPING = Duration.ofHours(1);

  private record Submission(Claim claim, String providerTaskId) {}

  private static final String SUBMITTED =
      """
      with locked as (
        select c.step_id, a.task from claims c
        join unnest(?::uuid[], ?::bigint[], ?::text[]) as a (step_id, token, task)
          on a.step_id = c.step_id and a.token = c.token
        where c.state in ('CALLING', 'SUBMITTED')
        order by c.step_id for no key update of c)
      update claims c set state = 'SUBMITTED', provider_task_id = l.task
      from locked l where c.step_id = l.step_id
      returning c.step_id
      """;

  private static final String PUBLISHED =
      """
      with locked as (
        select step_id from claims where step_id = any (?::uuid[])
          and state in ('SETTLED', 'RELEASED', 'UNKNOWN') and not published
        order by step_id for no key update)
      update claims c set published = true from locked l where c.step_id = l.step_id
      """;

  private final JdbcTemplate jdbc;
  private final ClaimTransactions transactions;
  private final HeldClaims held = new HeldClaims();
  private final ClaimMetrics metrics;
  private final Controls controls;
  private final Renewing renewing;
  private final Duration lease;
  private final Combiner<Reserving.Request, Reservation> reserving;
  private final Combiner<Beginning.Request, Begin> beginning;
  private final Combiner<Submission, Boolean> submitting;
  private final Combiner<Settling.Request, Optional<StepEvent>> settling;
  private final Combiner<UUID, Boolean> publishing;
  private final Combiner<Claim, Boolean> releasing;
  private final ScheduledExecutorService background =
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().daemon().name("claims-background-", 0).factory());

  PostgresClaims(
      DataSource dataSource,
      WorkerIdentity worker,
      ClaimProperties properties,
      Map<StepKind, StageCap> caps,
      ClaimMetrics metrics) {
    this.jdbc = new JdbcTemplate(dataSource);
    jdbc.setQueryTimeout(Math.toIntExact(properties.timeout().toSeconds()));
    this.metrics = metrics;
    this.lease = properties.lease();
    this.transactions = new ClaimTransactions(dataSource, properties.timeout());
    this.controls = new Controls(jdbc, transactions, properties.retention());
    this.renewing = new Renewing(jdbc, transactions, held, lease, properties.maxBatch());
    int batch = properties.maxBatch();
    int waiting = properties.maxWaiting();
    ClaimRule rule = new ClaimRule(worker.id(), held, properties.maxTakeovers());
    Release release = new Release(jdbc, transactions);
    Slots slots = new Slots(jdbc, caps);
    this.reserving =
        new Combiner<>(
            "reserve",
            batch,
            waiting,
            request -> request.step().stepId(),
            new Reserving(jdbc, transactions, slots, held, rule, lease));
    this.beginning =
        new Combiner<>(
            "begin",
            batch,
            waiting,
            request -> request.step().stepId(),
            new Beginning(jdbc, transactions, slots, release));
    this.submitting =
        new Combiner<>(
            "submitted", batch, waiting, call -> call.claim.step().stepId(), this::submit);
    this.settling =
        new Combiner<>(
            "settle", batch, waiting, Settling.Request::stepId, new Settling(jdbc, transactions));
    this.publishing = new Combiner<>("published", batch, waiting, stepId -> stepId, this::publish);
    this.releasing =
        new Combiner<>("give-back", batch, waiting, claim -> claim.step().stepId(), release);
    metrics.watch(held);
  }

  /** Begins to renew leases and to remove old claims. */
  void start() {
    transactions.verifyIsolation();
    long renewal = lease.toMillis() / 3;
    background.scheduleAtFixedRate(renewing::run, renewal, renewal, TimeUnit.MILLISECONDS);
    background.scheduleWithFixedDelay(
        this::removeOld, HOUSEKEEPING.toMillis(), HOUSEKEEPING.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public Reservation reserve(RunStep step, int partition) {
    Reservation reservation = reserving.call(new Reserving.Request(step, partition));
    metrics.reserved(step.kind(), reservation);
    return reservation;
  }

  @Override
  public Begin begin(Claim claim, Duration hardTimeout) {
    Begin begin;
    try {
      long asked = System.nanoTime();
      begin = beginning.call(new Beginning.Request(claim, hardTimeout));
      if (begin instanceof Begin.Granted && System.nanoTime() - asked > lease.toNanos()) {
        // why: while this process stood still others may have taken over step, slot and token
        throw new TransientDataAccessResourceException(
            "The leave to begin a call was heard after its claim's lease.");
      }
    } catch (RuntimeException e) {
      held.uncalled(claim);
      throw e;
    }
    switch (begin) {
      case Begin.Granted granted -> held.begun(claim);
      case Begin.Lost lost -> letGo(claim);
      case Begin.NoSlot noSlot -> {
        // why nothing: the caller gives it back
      }
      case Begin.Forbidden forbidden -> {
        // why only then: a call that another worker had begun is still to be settled
        if (claim.takeovers() == 0) {
          letGo(claim);
        }
      }
    }
    metrics.began(claim.step().kind(), begin);
    return begin;
  }

  @Override
  public boolean submitted(Claim claim, String providerTaskId) {
    return submitting.call(new Submission(claim, providerTaskId));
  }

  @Override
  public @Nullable StepEvent settle(Claim claim, End end, StepEvent result) {
    Optional<StepEvent> event = settling.call(new Settling.Request(claim, end, result));
    letGo(claim);
    metrics.settled(claim.step().kind(), end, event.isPresent());
    return event.orElse(null);
  }

  @Override
  public void published(UUID stepId) {
    publishing.call(stepId);
  }

  @Override
  public void giveBack(Claim claim) {
    // why first: should the round trip fail, the lease runs out
    letGo(claim);
    releasing.call(claim);
  }

  @Override
  public List<UUID> record(BatchControl control) {
    return controls.record(control);
  }

  @Override
  public void forget(UUID batchId) {
    controls.forget(batchId);
  }

  /** One renewal of all held claims, as the background does it. */
  void renew() {
    renewing.run();
  }

  void removeOld() {
    try {
      controls.removeOld();
    } catch (DataAccessException e) {
      LOG.warn("Claims of ended batches could not be removed; the next run will", e);
    }
  }

  private void letGo(Claim claim) {
    held.remove(claim.step().stepId(), claim.token());
  }

  private List<Boolean> submit(List<Submission> batch) {
    List<UUID> done =
        jdbc.query(
            SUBMITTED,
            Columns.of(batch)
                .uuids(call -> call.claim.step().stepId())
                .longs(call -> call.claim.token())
                .texts(call -> call.providerTaskId),
            (row, i) -> row.getObject(1, UUID.class));
    return batch.stream().map(call -> done.contains(call.claim.step().stepId())).toList();
  }

  private List<Boolean> publish(List<UUID> steps) {
    jdbc.update(PUBLISHED, Columns.of(steps).uuids(step -> step));
    return steps.stream().map(step -> true).toList();
  }

  /** Stops renewing; what is held runs out. */
  @Override
  public void close() {
    background.shutdownNow();
    List.of(reserving, beginning, submitting, settling, publishing, releasing)
        .forEach(Combiner::close);
  }
}
