package io.kombine.batch.control;

import java.util.List;
import java.util.UUID;

/**
 * How far a cancel is.
 *
 * @param sequence of the control that cancels; 0 where there is none
 * @param begun the steps whose call was under way and is finished and kept; complete once confirmed
 */
public record CancelResult(Outcome outcome, long sequence, List<UUID> begun) {

  /** What is true of the batch now. */
  public enum Outcome {
    /** Every stage has said that it begins no further call. */
    CONFIRMED,
    /** Stages have yet to confirm. */
    PENDING,
    /** It had ended before; nothing changed. */
    ALREADY_ENDED,
    NOT_FOUND
  }

  public CancelResult {
    begun = List.copyOf(begun);
  }
}
