package io.kombine.worker.limit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a provider has asked of an account's calls.
 *
 * @param notBefore no call before
 * @param lastWait when it last asked for a pause
 * @param halvings of the rate, from {@code lastWait} on
 * @param slowUntil from when on the rate is doubled again step by step
 */
record Pace(
    @Nullable Instant notBefore,
    @Nullable Instant lastWait,
    int halvings,
    @Nullable Instant slowUntil) {

  static final Pace FREE = new Pace(null, null, 0, null);
}
