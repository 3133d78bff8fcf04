package io.kombine.batch.control;

/**
 * What {@code retry-failed} brought back.
 *
 * @param steps failed ones and those skipped for them
 * @param files deliveries that had failed
 */
public record RetryResult(Outcome outcome, int steps, int files) {

  /** How it went. */
  public enum Outcome {
    DONE,
    /** Nothing had failed. */
    NOTHING_FAILED,
    /** A cancelled batch runs no further. */
    CANCELLED,
    NOT_FOUND
  }
}
