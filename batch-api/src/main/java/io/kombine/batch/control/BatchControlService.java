package io.kombine.batch.control;

import io.kombine.batch.control.ControlResult.Outcome;
import io.kombine.batch.delivery.DeliveryRows;
import io.kombine.batch.model.BatchRow;
import io.kombine.batch.model.BatchRows;
import io.kombine.batch.step.StepMoves;
import io.kombine.batch.step.StepRow;
import io.kombine.batch.step.StepRows;
import io.kombine.contracts.BatchControl.Hold;
import io.kombine.contracts.StepState;
import io.kombine.worker.crash.CrashPoint;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people do to a batch. Each method is one transaction under the batch's lock, takes part in
 * the caller's, may be repeated without harm, and asks for no owner: who may do it is the caller's
 * to check.
 */
@Service
@Transactional
public class BatchControlService {

  private final BatchRows batches;
  private final StepRows steps;
  private final DeliveryRows deliveries;
  private final Confirmations confirmations;
  private final CancelSettlement settlement;
  private final JdbcClient jdbc;
  private final Clock clock;

  BatchControlService(
      BatchRows batches,
      StepRows steps,
      DeliveryRows deliveries,
      Confirmations confirmations,
      CancelSettlement settlement,
      JdbcClient jdbc,
      Clock clock) {
    this.batches = batches;
    this.steps = steps;
    this.deliveries = deliveries;
    this.confirmations = confirmations;
    this.settlement = settlement;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Cancels a batch: what no worker was told of stops at once, the rest when the stages have
   * confirmed; see {@link CancelConfirmation} for waiting.
   */
  public CancelResult cancel(UUID batchId) {
    BatchRow batch = lock(batchId);
    if (batch == null) {
      return new CancelResult(CancelResult.Outcome.NOT_FOUND, 0, List.of());
    }
    if (batch.hold() == Hold.CANCELLED) {
      return cancelled(batch);
    }
    if (batch.status().isTerminal()) {
      return new CancelResult(CancelResult.Outcome.ALREADY_ENDED, 0, List.of());
    }
    BatchRow held = hold(batch, Hold.CANCELLED, null);
    StepMoves moves = new StepMoves(held, steps.loadBatch(batchId), clock.instant());
    moves.cancelUnsent();
    steps.save(moves);
    settlement.settle(held);
    batches.refresh(Set.of(batchId));
    CrashPoint.CANCEL_WRITTEN.reached(batchId);
    return cancelled(held);
  }

  /** How far the cancel of a batch is. */
  @Transactional(readOnly = true)
  public CancelResult cancelState(UUID batchId) {
    BatchRow batch = batches.find(batchId).orElse(null);
    if (batch == null) {
      return new CancelResult(CancelResult.Outcome.NOT_FOUND, 0, List.of());
    }
    return batch.hold() == Hold.CANCELLED
        ? cancelled(batch)
        : new CancelResult(CancelResult.Outcome.ALREADY_ENDED, 0, List.of());
  }

  /**
   * Holds a batch back: no step of it begins from now on, save those that workers begin before they
   * hear of it.
   *
   * @param reason {@link BatchRow#HELD_BY_USER} or {@link BatchRow#HELD_BY_BUDGET}
   */
  public ControlResult pause(UUID batchId, String reason) {
    BatchRow batch = lock(batchId);
    if (batch == null) {
      return new ControlResult(Outcome.NOT_FOUND, 0);
    }
    if (batch.status().isTerminal() || batch.hold() == Hold.CANCELLED) {
      return new ControlResult(Outcome.TOO_LATE, batch.controlSequence());
    }
    // why a person may pause what waits for money: it shall not go on by itself once there is some
    if (batch.hold() == Hold.PAUSED
        && !(batch.isHeldByBudget() && reason.equals(BatchRow.HELD_BY_USER))) {
      return new ControlResult(Outcome.UNCHANGED, batch.controlSequence());
    }
    return held(batch, Hold.PAUSED, reason);
  }

  /** Lets a paused batch go on. */
  public ControlResult resume(UUID batchId) {
    BatchRow batch = lock(batchId);
    if (batch == null) {
      return new ControlResult(Outcome.NOT_FOUND, 0);
    }
    if (batch.hold() == Hold.CANCELLED) {
      return new ControlResult(Outcome.TOO_LATE, batch.controlSequence());
    }
    if (batch.hold() == Hold.NONE) {
      return new ControlResult(Outcome.UNCHANGED, batch.controlSequence());
    }
    return held(batch, Hold.NONE, null);
  }

  /**
   * Changes what a batch may cost at most. Steps that are under way are finished whatever it is;
   * admission takes the new limit from its next pass on, and a batch paused for want of money goes
   * on then.
   *
   * @param maxCost more than 0, in the batch's currency
   */
  public ControlResult limit(UUID batchId, BigDecimal maxCost) {
    BatchRow batch = lock(batchId);
    if (batch == null) {
      return new ControlResult(Outcome.NOT_FOUND, 0);
    }
    if (batch.status().isTerminal() || batch.hold() == Hold.CANCELLED) {
      return new ControlResult(Outcome.TOO_LATE, batch.controlSequence());
    }
    jdbc.sql("UPDATE batches SET max_cost = ? WHERE batch_id = ?")
        .params(maxCost, batchId)
        .update();
    batches.refresh(Set.of(batchId));
    return new ControlResult(Outcome.DONE, batch.controlSequence());
  }

  /** Brings back what failed: steps, those skipped for them, and deliveries. */
  public RetryResult retryFailed(UUID batchId) {
    return retryFailed(batchId, null);
  }

  /**
   * The same for some groups only.
   *
   * @param groups indexes; null for all
   */
  public RetryResult retryFailed(UUID batchId, @Nullable Set<Integer> groups) {
    BatchRow batch = lock(batchId);
    if (batch == null) {
      return new RetryResult(RetryResult.Outcome.NOT_FOUND, 0, 0);
    }
    if (batch.hold() == Hold.CANCELLED) {
      return new RetryResult(RetryResult.Outcome.CANCELLED, 0, 0);
    }
    List<StepRow> wanted =
        groups == null ? steps.loadBatch(batchId) : steps.loadGroups(batchId, groups);
    StepMoves moves = new StepMoves(batch, wanted, clock.instant());
    int retried = moves.retryFailed(steps.outputs(batchId));
    steps.save(moves);
    int files = deliveries.retryFailed(batchId, groups);
    int manifests = deliveries.rewriteFailedManifest(batchId);
    if (retried + files + manifests == 0) {
      return new RetryResult(RetryResult.Outcome.NOTHING_FAILED, 0, 0);
    }
    batches.refresh(Set.of(batchId));
    return new RetryResult(RetryResult.Outcome.DONE, retried, files + manifests);
  }

  /** Decides on a step of this batch that is UNKNOWN. */
  public Decision.Outcome decide(UUID batchId, UUID stepId, Decision decision) {
    BatchRow batch = lock(batchId);
    if (batch == null) {
      return Decision.Outcome.NOT_FOUND;
    }
    List<StepRow> family =
        steps.load(Set.of(batchId), Set.of(), Set.of(stepId)).getOrDefault(batchId, List.of());
    StepMoves moves = new StepMoves(batch, family, clock.instant());
    StepRow step =
        family.stream().filter(row -> row.stepId().equals(stepId)).findFirst().orElse(null);
    if (step == null) {
      return Decision.Outcome.NOT_FOUND;
    }
    if (step.state() != StepState.UNKNOWN) {
      return Decision.Outcome.NOT_UNKNOWN;
    }
    switch (decision) {
      case RETRY -> moves.retryUnknown(step);
      case GIVE_UP -> moves.giveUp(step);
    }
    steps.save(moves);
    batches.refresh(Set.of(batchId));
    return Decision.Outcome.DONE;
  }

  private ControlResult held(BatchRow batch, Hold hold, @Nullable String reason) {
    BatchRow held = hold(batch, hold, reason);
    batches.refresh(Set.of(batch.batchId()));
    return new ControlResult(Outcome.DONE, held.controlSequence());
  }

  private BatchRow hold(BatchRow batch, Hold hold, @Nullable String reason) {
    jdbc.sql(
            """
            UPDATE batches SET hold = ?, hold_reason = nullif(?, ''), control_sequence = control_sequence + 1,
              control_forgotten = false,
              control_announced = false
            WHERE batch_id = ?
            """)
        .params(hold.name(), reason == null ? "" : reason, batch.batchId())
        .update();
    return batches.lock(Set.of(batch.batchId())).values().iterator().next();
  }

  private CancelResult cancelled(BatchRow batch) {
    long sequence = batch.controlSequence();
    return new CancelResult(
        confirmations.isComplete(batch.batchId(), sequence)
            ? CancelResult.Outcome.CONFIRMED
            : CancelResult.Outcome.PENDING,
        sequence,
        confirmations.begun(batch.batchId(), sequence).stream().sorted().toList());
  }

  private @Nullable BatchRow lock(UUID batchId) {
    return batches.lock(Set.of(batchId)).get(batchId);
  }
}
