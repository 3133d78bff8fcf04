package io.kombine.worker.provider.local;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;

/**
 * Computes on platform threads, a bounded number at once. Virtual threads, on which calls are made,
 * share as many carriers as there are processors: computing on them would hold up all the others,
 * among them those that renew leases.
 */
final class WorkThreads {

  private final Semaphore free;

  WorkThreads(int most) {
    free = new Semaphore(most, true);
  }

  /** Waits for a turn and for the result; an interrupt goes on to the work, which ends alone. */
  <T> T run(Callable<T> work) throws InterruptedException, ExecutionException {
    free.acquire();
    FutureTask<T> task = new FutureTask<>(work);
    boolean started = false;
    try {
      Thread.ofPlatform()
          .daemon()
          .name("local-provider")
          .start(() -> {
            try {
              task.run();
            } finally {
              free.release();
            }
          });
      started = true;
    } finally {
      if (!started) {
        free.release();
      }
    }
    try {
      return task.get();
    } catch (InterruptedException interrupted) {
      task.cancel(true);
      throw interrupted;
    }
  }
}
