package io.kombine.contracts;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/**
 * Ids of everything Kombine names: UUIDs of version 7 (RFC 9562), ordered by the time they were
 * made, so that rows inserted together lie together. Thread-safe.
 */
public final class Ids {

  private Ids() {}

  /** The next id; within this process later ids compare greater. */
  public static UUID next() {
    return UuidCreator.getTimeOrderedEpochPlus1();
  }
}
