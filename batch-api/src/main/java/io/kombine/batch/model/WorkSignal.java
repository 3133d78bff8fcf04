package io.kombine.batch.model;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Says within this process that admission or publishing may have something to do, so that it need
 * not wait for its next round. A hint: correctness never depends on it. Any number of signals
 * before the next wait count as one.
 */
@Component
public class WorkSignal {

  private final Semaphore pending = new Semaphore(0);

  /** Wakes the waiter; inside a transaction, once that has committed. */
  public void raise() {
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCommit() {
              release();
            }
          });
    } else {
      release();
    }
  }

  /** Waits for a signal, at most so long. */
  public void await(Duration limit) throws InterruptedException {
    if (pending.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
      pending.drainPermits();
    }
  }

  private void release() {
    if (pending.availablePermits() == 0) {
      pending.release();
    }
  }
}
