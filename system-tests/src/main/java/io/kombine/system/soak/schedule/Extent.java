package io.kombine.system.soak.schedule;

import java.time.Duration;

/**
 * How much happens in one run.
 *
 * @param active how long processes are killed and batches submitted; then the system is left to
 *     finish
 * @param kills at least as many as there are processes where each is to be killed
 * @param longerThan what a pause outlasts: leases and sessions
 */
public record Extent(Duration active, int kills, int pauses, int batches, Duration longerThan) {

  private static final int MOST_KILLS = 1_000;

  public Extent {
    if (kills < 0 || kills > MOST_KILLS || pauses < 0 || batches < 1 || active.isNegative()) {
      throw new IllegalArgumentException("A run has 0 to %d kills.".formatted(MOST_KILLS));
    }
  }
}
