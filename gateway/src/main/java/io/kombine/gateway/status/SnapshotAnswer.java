package io.kombine.gateway.status;

import io.kombine.contracts.BatchSnapshot;

/** What batch-api answered to the question for a snapshot. */
sealed interface SnapshotAnswer {

  record Found(BatchSnapshot snapshot) implements SnapshotAnswer {}

  /** There is no such batch for this key. */
  record Unknown() implements SnapshotAnswer {}

  /**
   * batch-api refuses the key itself, or asks it to slow down: its answer is the client's.
   *
   * @param status 401, 403 or 429
   */
  record Refused(int status, byte[] problem) implements SnapshotAnswer {}

  /** batch-api has not applied the events up to the wanted offset: soon it will have. */
  record Behind() implements SnapshotAnswer {}

  /** Not now: batch-api is down or broken. */
  record Unavailable(String detail) implements SnapshotAnswer {}
}
