package io.kombine.worker.crash;

import org.jspecify.annotations.Nullable;

/**
 * The boundaries between two durable effects of a service, in the order in which work passes them.
 * What becomes of work that is cut off at each of them is in docs/crash-points.md.
 *
 * <p>Passing one does nothing, and costs nothing, unless the process was started with the system
 * property {@value CrashOrder#PROPERTY}. That is for tests of crashes only; no service sets it.
 */
public enum CrashPoint {
  /** Worker: the step's claim and slot are committed; no call has begun. */
  STEP_RESERVED,
  /** Worker: {@code CALLING} is committed; the provider has not been spoken to. */
  CALL_BEGUN,
  /** Worker: a polled provider has answered with its task's id, which is not written down. */
  CALL_ACCEPTED,
  /** Worker: the provider's task id is committed. */
  CALL_SUBMITTED,
  /** Worker: the call's outcome is known to this process alone. */
  CALL_ANSWERED,
  /** Worker: outputs are in the artifact store, without a receipt. */
  OUTPUTS_STORED,
  /** Worker: outputs and their receipt are in the artifact store; the claim is not settled. */
  RECEIPT_STORED,
  /** Worker: the claim's end is committed; nobody was told. */
  STEP_SETTLED,
  /** Worker: children, deliveries and event are acknowledged; the claim does not say so. */
  STEP_PUBLISHED,
  /** Worker: a batch's control is read and not written down. */
  CONTROL_READ,
  /** Worker: a batch's control is committed and not confirmed. */
  CONTROL_RECORDED,
  /** Worker and uploader: a record is done with; its offset is not committed. */
  RECORD_HANDLED,

  /** batch-api: a batch is written and not committed. */
  PLAN_WRITTEN,
  /** batch-api: a batch is committed; its client has no answer. */
  BATCH_ACCEPTED,
  /** batch-api: steps are admitted and not committed. */
  ADMISSION_DECIDED,
  /** batch-api: steps are admitted; their records are not published. */
  ADMISSION_COMMITTED,
  /** batch-api: one step's records are handed to the producer, those of the others are not. */
  STEP_SENT,
  /** batch-api: the steps' records are acknowledged; their rows do not say so. */
  STEPS_ACKNOWLEDGED,
  /** batch-api: the steps' rows say that they are published. */
  STEPS_ANNOUNCED,
  /** batch-api: steps' events are applied and not committed. */
  EVENTS_APPLIED,
  /** batch-api: steps' events are applied; the broker knows nothing of it. */
  EVENTS_COMMITTED,
  /** batch-api: a manifest is in the artifact store; no delivery names it. */
  MANIFEST_STORED,
  /** batch-api: a manifest's delivery is committed and not published. */
  MANIFEST_PLANNED,
  /** batch-api: deliveries are acknowledged; their rows do not say so. */
  DELIVERIES_ACKNOWLEDGED,
  /** batch-api: a cancel is written and not committed. */
  CANCEL_WRITTEN,
  /** batch-api: a cancel is committed; its client has no answer. */
  CANCEL_COMMITTED,
  /** batch-api: controls are acknowledged; the batches' rows do not say so. */
  CONTROLS_ACKNOWLEDGED,

  /** Uploader: ids of folders are committed; the folders may not be there. */
  FOLDERS_RECORDED,
  /** Uploader: folders are there; their rows do not say so. */
  FOLDERS_CREATED,
  /** Uploader: a file's id is committed; nothing of it is on the drive. */
  FILE_RECORDED,
  /** Uploader: a file is on the drive; its row does not say so. */
  FILE_UPLOADED,
  /** Uploader: a delivery's end is committed; nobody was told. */
  FILE_SETTLED,
  /** Uploader: a delivery's event is acknowledged. */
  FILE_PUBLISHED;

  /** What a process that was told to die exits with. */
  public static final int EXIT_CODE = 86;

  private static final @Nullable CrashOrder ORDER = CrashOrder.ofThisProcess();

  /**
   * Says that work has come here. Where an order names this boundary, the process says so on
   * standard error and is gone at once, without shutdown hooks, as after a {@code kill -9}.
   *
   * @param about what work, for the line
   */
  public void reached(Object about) {
    if (ORDER != null && ORDER.take(this)) {
      System.err.println("Halting at " + this + " of " + about);
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }
}
