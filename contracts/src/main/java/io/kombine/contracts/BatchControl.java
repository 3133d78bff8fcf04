package io.kombine.contracts;

import java.time.Instant;
import java.util.UUID;

/**
 * The value on {@code batch.control}: the state that every stage shall hold a batch in. Compacted,
 * so a worker that reads the topic to its end knows all of them; a tombstone means the batch has
 * ended.
 *
 * @param sequence grows with each control of the batch, from 1; a lower one is dropped
 */
public record BatchControl(int version, UUID batchId, long sequence, Hold hold, Instant time) {

  public static final int VERSION = 1;

  /** What stages do with the batch's records. */
  public enum Hold {
    /** Run them. */
    NONE,
    /** Give back those without a begun call. */
    PAUSED,
    /** Never begin another call. */
    CANCELLED
  }
}
