package io.kombine.worker.consume;

import java.time.Duration;
import java.util.Collection;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one consumer that wait for their time and a permit, and the permits.
 *
 * <p>The task that has been due longest goes first, whichever partition it is of. When permits
 * become fewer, those that are held stay with their tasks and no other is given until enough have
 * come back. Thread-safe.
 */
final class PermitPool {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<Task> waiting = new PriorityQueue<>();
  private final RunningTasks running = new RunningTasks();
  private int permits;
  private volatile boolean draining;

  void add(Collection<Task> tasks) {
    locked(() -> {
      if (!draining) {
        waiting.addAll(tasks);
      }
    });
  }

  /** Waits for a due task and a permit; null once draining. */
  @Nullable HeldPermit take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!draining) {
        Task first = waiting.peek();
        if (first == null || running.permits() >= permits) {
          changed.await();
          continue;
        }
        long nanos = first.nanosUntilDue();
        if (nanos > 0) {
          long unused = changed.awaitNanos(nanos);
          continue;
        }
        waiting.remove();
        first.unpark();
        HeldPermit permit = new HeldPermit(this, first);
        running.add(permit);
        return permit;
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Sets the number of permits, after an assignment. */
  void resize(int size) {
    locked(() -> permits = size);
  }

  /** Drops the waiting tasks of revoked partitions and gives no permit beyond the new number. */
  void revoked(int size) {
    locked(() -> {
      waiting.removeIf(task -> task.partition().revoked());
      permits = size;
    });
  }

  /** No further task begins, from now on and for good; waiting ones are dropped. */
  void drain() {
    locked(() -> {
      draining = true;
      waiting.clear();
    });
  }

  boolean draining() {
    return draining;
  }

  /**
   * Waits until no task of a revoked partition runs and no more permits are held than there are.
   */
  boolean awaitRevoked(Duration atMost) {
    return await(
        () -> running.permits() <= permits && running.none(task -> task.partition().revoked()),
        atMost);
  }

  /** Waits until no task runs. */
  boolean awaitIdle(Duration atMost) {
    return await(() -> running.none(task -> true), atMost);
  }

  /** Tasks held without a permit: waiting, parked, and those that gave theirs back early. */
  int load() {
    return counted(() -> waiting.size() + running.withoutPermit());
  }

  int parked() {
    return counted(() -> (int) waiting.stream().filter(Task::parked).count());
  }

  int size() {
    return counted(() -> permits);
  }

  int used() {
    return counted(running::permits);
  }

  void release(HeldPermit permit) {
    locked(() -> running.release(permit));
  }

  /** The task's handling is over; one that parks waits again, unless nobody would take it up. */
  void end(HeldPermit permit, boolean parks) {
    locked(() -> {
      running.remove(permit);
      if (parks && !draining && !permit.task().partition().revoked()) {
        waiting.add(permit.task());
      }
    });
  }

  private boolean await(BooleanSupplier reached, Duration atMost) {
    lock.lock();
    try {
      long nanos = atMost.toNanos();
      while (!reached.getAsBoolean()) {
        if (nanos <= 0) {
          return false;
        }
        nanos = changed.awaitNanos(nanos);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private int counted(IntSupplier count) {
    lock.lock();
    try {
      return count.getAsInt();
    } finally {
      lock.unlock();
    }
  }
}
