package io.kombine.batch.control;

/**
 * What pause and resume came to.
 *
 * @param sequence of the batch's control after it
 */
public record ControlResult(Outcome outcome, long sequence) {

  /** How it went. */
  public enum Outcome {
    /** It is so now. */
    DONE,
    /** It was so before; nothing changed. */
    UNCHANGED,
    /** The batch has ended, or is cancelled; nothing changed. */
    TOO_LATE,
    NOT_FOUND
  }
}
