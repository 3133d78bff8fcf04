package io.kombine.system.simulator.limit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A place under a key's concurrency limit. Freed by {@link #close}, or at a time given before. */
public final class Slot implements AutoCloseable {

  private final @Nullable KeyLimits limits;
  private boolean released;

  Slot(@Nullable KeyLimits limits) {
    this.limits = limits;
  }

  /** A place under no limit. */
  public static Slot none() {
    return new Slot(null);
  }

  /** Holds the place until then, whether the call ends or not. Once only. */
  public synchronized void keepUntil(Instant end) {
    if (!released) {
      released = true;
      if (limits != null) {
        limits.release(end);
      }
    }
  }

  /** Frees the place, unless it is kept until a time. */
  @Override
  public synchronized void close() {
    keepUntil(Instant.MIN);
  }
}
