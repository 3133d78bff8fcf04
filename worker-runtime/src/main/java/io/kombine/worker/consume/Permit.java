package io.kombine.worker.consume;

/** A task's share of the process's permits. Held from the start of handling until its end. */
public interface Permit {

  /** Gives it back early, where what remains of the task needs none; further calls do nothing. */
  void release();

  /**
   * Whether new calls shall not begin because the process drains or the record's partition was
   * revoked. A call that has begun goes on.
   */
  boolean draining();
}
