package io.kombine.worker.claim;

import io.kombine.contracts.BatchControl;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepEvent;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The claims of one stage, in its worker's own schema (design §4.4). Every method may be called
 * from many threads at once, outside a transaction, and returns when its effect is committed; calls
 * of many threads share round trips where many are at hand, a lone one never waits for company.
 *
 * <p>Leases and slots go by the database's clock, so no worker's clock matters. The leases of all
 * live claims of this process are renewed in the background until they end.
 *
 * <p>A method throws {@code org.springframework.dao.DataAccessException} when the database cannot
 * be reached; the caller parks the record and tries again.
 */
public interface Claims {

  /**
   * Answers a record of {@code steps.*}: takes the step for this process together with a free slot
   * of the stage, or says what stands in the way (docs/architecture.md §4).
   *
   * @param partition whose slots are looked at first; a free slot of any partition of the stage
   *     will do
   */
  Reservation reserve(RunStep step, int partition);

  /**
   * The compare-and-set directly before the paid call: fails when the lease has run out, another
   * worker has taken over, the slot is gone, or a control forbids the batch to begin calls. From
   * its commit on the slot stays taken until the claim ends or {@code hardTimeout} has passed.
   *
   * <p>After an exception the call must not be made, and the claim is not held any more: the next
   * {@link #reserve} of the step by this process takes it again. A leave that is heard later than a
   * lease after it was asked for, as after a suspension of the process, ends in such an exception.
   */
  Begin begin(Claim claim, Duration hardTimeout);

  /**
   * Records the provider's task id, so that after a crash the provider is asked.
   *
   * @return false when another worker has taken over
   */
  boolean submitted(Claim claim, String providerTaskId);

  /**
   * Ends the claim with the event that answers for it, frees the slot, and writes the ledger. A
   * late settlement by an owner that lost its claim to {@code UNKNOWN} resolves the unknown.
   * Whoever answers, the ledger entry of the claim's own call is completed. An end that leaves the
   * charge open ({@code UNKNOWN}, {@code charge-unknown}, error {@code takeovers}) leaves the entry
   * open, and of a call that was taken over also its slot, until the hard timeout.
   *
   * <p>After an exception it is to be repeated until it returns; repeating it is harmless.
   *
   * @return the event to publish: {@code result}, with the epoch raised to the latest admission
   *     this claim has seen; null when another worker has taken over and answers instead
   */
  @Nullable StepEvent settle(Claim claim, End end, StepEvent result);

  /** Marks the claim's answer as published. */
  void published(UUID stepId);

  /**
   * Gives back a claim whose call has not begun: it is as if it never was. One that was taken over
   * with a begun call is left to the next owner at once. After an exception it is given back by the
   * end of its lease.
   */
  void giveBack(Claim claim);

  /**
   * Writes what a batch is held in, under the lock that {@link #begin} also takes: once it returns
   * no call that the control forbids begins. A lower sequence than the recorded one changes
   * nothing.
   *
   * @return steps of the batch whose call has begun and whose end is not published yet
   */
  List<UUID> record(BatchControl control);

  /** Forgets the control of a batch that has ended. */
  void forget(UUID batchId);

  /** How a claim ends; an end other than {@code UNKNOWN} is final for its epoch. */
  enum End {
    /** The call's outcome is known: succeeded, or ended with a failure that counts or not. */
    SETTLED,
    /** No call was made, or none that is billed. */
    RELEASED,
    /** Nobody can tell whether the call is billed. */
    UNKNOWN
  }
}
