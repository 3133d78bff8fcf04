package io.kombine.system.simulator.fal;

import io.kombine.system.simulator.http.Answer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A request in the queue. Changed by its {@link FalQueue} only, under its lock. */
final class FalTask {

  /** Where a request is. */
  enum State {
    IN_QUEUE,
    IN_PROGRESS,
    COMPLETED,
    CANCELLED
  }

  final String id;
  final String app;
  final String keyId;
  final Duration work;
  final Instant submitted;
  final long invoiceLine;

  /** What the result's address answers in the end. */
  final Answer result;

  final boolean failed;
  @Nullable Instant ends;
  State state = State.IN_QUEUE;

  FalTask(
      String id,
      String app,
      String keyId,
      Duration work,
      Instant submitted,
      long invoiceLine,
      Answer result,
      boolean failed) {
    this.id = id;
    this.app = app;
    this.keyId = keyId;
    this.work = work;
    this.submitted = submitted;
    this.invoiceLine = invoiceLine;
    this.result = result;
    this.failed = failed;
  }
}
