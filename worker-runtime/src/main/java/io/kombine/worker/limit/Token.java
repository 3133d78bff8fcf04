package io.kombine.worker.limit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Leave for one call.
 *
 * @param id of its row; null where the account has no limits to count it against
 * @param probe whether the call finds out if the account works again
 * @param askedNanos {@code System.nanoTime()} before it was granted
 */
public record Token(String account, @Nullable UUID id, boolean probe, long askedNanos) {}
