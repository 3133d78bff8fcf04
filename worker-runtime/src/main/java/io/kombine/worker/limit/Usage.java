package io.kombine.worker.limit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an account has used, read while its row is locked.
 *
 * @param now by the database's clock
 * @param nthLast when the call was granted that has to leave the window before the next fits; null
 *     while there is room
 * @param running calls under way
 * @param costNthLast the same as {@code nthLast} for the spend
 */
record Usage(Instant now, @Nullable Instant nthLast, int running, @Nullable Instant costNthLast) {}
