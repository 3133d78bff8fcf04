package io.kombine.worker.consume;

/** The permit of one handling of one task. Thread-safe. */
final class HeldPermit implements Permit {

  private final PermitPool pool;
  private final Task task;

  HeldPermit(PermitPool pool, Task task) {
    this.pool = pool;
    this.task = task;
  }

  Task task() {
    return task;
  }

  @Override
  public void release() {
    pool.release(this);
  }

  @Override
  public boolean draining() {
    return pool.draining() || task.partition().revoked();
  }
}
