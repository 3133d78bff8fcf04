package io.kombine.batch.control;

/** A person's word on a step whose paid call has an outcome that nobody can learn. */
public enum Decision {
  /** Call again, and so perhaps pay twice. */
  RETRY,
  /** Fail the step. */
  GIVE_UP;

  /** What the decision came to. */
  public enum Outcome {
    DONE,
    /** The step is not held for this decision (any more). */
    NOT_UNKNOWN,
    NOT_FOUND
  }
}
