package io.kombine.worker.claim;

import io.kombine.contracts.BatchControl;

/** Whether the paid call may begin now. */
public sealed interface Begin {
  /** It may, and nobody else will make it. */
  record Granted() implements Begin {}

  /** The claim is not this process's any more: make no call, report nothing. */
  record Lost() implements Begin {}

  /**
   * The step's call was begun before by a worker that is gone, and may still go on; another one
   * needs a slot of its own and none is free. The claim is to be given back.
   */
  record NoSlot() implements Begin {}

  /**
   * The batch is paused or cancelled: the claim is released, and reported as stopped free. A claim
   * that was taken over from a worker that had begun the call stays held: no second call may begin,
   * and what became of the first is still to be settled.
   */
  record Forbidden(BatchControl.Hold hold) implements Begin {}
}
