package io.kombine.worker.limit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What keeps an account's steps waiting.
 *
 * @param state {@code CLOSED} (calls go on), {@code OPEN} after failures in a row, {@code PAUSED}
 *     after a refusal to authenticate or to bill
 * @param failures failed calls in a row, of different steps
 * @param until when a probe is made, while not closed
 * @param notBefore the time that the provider has asked for
 * @param why the provider's last word while not closed
 */
public record AccountTrouble(
    String account,
    String state,
    int failures,
    @Nullable Instant until,
    @Nullable Instant notBefore,
    @Nullable String why) {}
