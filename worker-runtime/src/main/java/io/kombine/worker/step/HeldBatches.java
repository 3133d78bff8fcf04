package io.kombine.worker.step;

import io.kombine.contracts.BatchControl;
import io.kombine.contracts.BatchControl.Hold;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which batches are paused or cancelled, as this process has read it, for calls that are under way:
 * whether a call may begin is the claims' to say. An entry goes when the batch's control is
 * deleted, a week after its end. Thread-safe.
 */
final class HeldBatches {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<UUID, BatchControl> controls = new HashMap<>();

  void apply(BatchControl control) {
    lock.lock();
    try {
      BatchControl known = controls.get(control.batchId());
      if (known == null || known.sequence() < control.sequence()) {
        controls.put(control.batchId(), control);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  void forget(UUID batchId) {
    lock.lock();
    try {
      controls.remove(batchId);
    } finally {
      lock.unlock();
    }
  }

  boolean isCancelled(UUID batchId) {
    lock.lock();
    try {
      return holds(controls.get(batchId));
    } finally {
      lock.unlock();
    }
  }

  /** Waits so long, or until the batch is cancelled; answers whether it is. */
  boolean awaitCancelled(UUID batchId, Duration limit) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = limit.toNanos();
      while (left > 0 && !holds(controls.get(batchId))) {
        left = changed.awaitNanos(left);
      }
      return holds(controls.get(batchId));
    } finally {
      lock.unlock();
    }
  }

  private static boolean holds(@Nullable BatchControl control) {
    return control != null && control.hold() == Hold.CANCELLED;
  }
}
