package io.kombine.batch.control;

import io.kombine.batch.model.BatchRow;
import io.kombine.batch.step.StepMoves;
import io.kombine.batch.step.StepRows;
import io.kombine.contracts.BatchControl.Hold;
import io.kombine.contracts.ControlConfirmed;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Makes a cancel true once every stage has confirmed it: what had not begun is stopped free. */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class CancelSettlement {

  private final Confirmations confirmations;
  private final StepRows steps;
  private final Clock clock;

  CancelSettlement(Confirmations confirmations, StepRows steps, Clock clock) {
    this.confirmations = confirmations;
    this.steps = steps;
    this.clock = clock;
  }

  /**
   * Takes confirmations of batches that are locked. Steps reported before them must be applied
   * already.
   *
   * @return the batches whose steps changed
   */
  public Set<UUID> confirm(Map<UUID, BatchRow> batches, Collection<ControlConfirmed> confirmed) {
    Set<UUID> affected = new HashSet<>();
    for (ControlConfirmed confirmation : confirmed) {
      BatchRow batch = batches.get(confirmation.batchId());
      if (batch != null && confirmation.sequence() == batch.controlSequence()) {
        confirmations.add(confirmation);
        affected.add(batch.batchId());
      }
    }
    if (affected.isEmpty()) {
      return affected;
    }
    confirmations.forgetEarlier(affected);
    affected.removeIf(id -> {
      BatchRow batch = batches.get(id);
      return batch == null || !settle(batch);
    });
    return affected;
  }

  /**
   * Ends what a cancelled batch, locked, will not begin any more; does nothing before all stages
   * have confirmed.
   *
   * @return whether a step changed
   */
  boolean settle(BatchRow batch) {
    if (batch.hold() != Hold.CANCELLED
        || !confirmations.isComplete(batch.batchId(), batch.controlSequence())) {
      return false;
    }
    StepMoves moves = new StepMoves(batch, steps.loadBatch(batch.batchId()), clock.instant());
    moves.cancelUnbegun(confirmations.begun(batch.batchId(), batch.controlSequence()));
    steps.save(moves);
    return moves.moved();
  }
}
