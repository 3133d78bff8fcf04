package io.kombine.batch.control;

import io.kombine.batch.control.CancelResult.Outcome;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/**
 * Waits for stages to confirm a cancel. Wakes at once when this replica applies a confirmation, and
 * looks for other replicas' every {@value #LOOK_MILLIS} ms.
 */
@Component
public class CancelConfirmation {

  /** The longest wait; a longer one asked for is cut. */
  public static final Duration LIMIT = Duration.ofSeconds(30);

  private static final long LOOK_MILLIS = 250;

  private final BatchControlService control;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition applied = lock.newCondition();

  CancelConfirmation(BatchControlService control) {
    this.control = control;
  }

  /**
   * Answers as soon as the batch's cancel is no longer pending, or pending when the time is up.
   * Blocks its thread; call it outside of transactions.
   */
  public CancelResult awaitConfirmed(UUID batchId, Duration timeout) throws InterruptedException {
    Duration bounded = timeout.compareTo(LIMIT) < 0 ? timeout : LIMIT;
    long deadline = System.nanoTime() + bounded.toNanos();
    while (true) {
      CancelResult state = control.cancelState(batchId);
      long left = deadline - System.nanoTime();
      if (state.outcome() != Outcome.PENDING || left <= 0) {
        return state;
      }
      await(Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)));
    }
  }

  /** Says that confirmations have been applied and committed. */
  public void applied() {
    lock.lock();
    try {
      applied.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void await(long nanos) throws InterruptedException {
    lock.lock();
    try {
      if (applied.awaitNanos(nanos) <= 0) {
        return;
      }
    } finally {
      lock.unlock();
    }
  }
}
