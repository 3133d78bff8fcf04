package io.kombine.contracts;

import java.time.Instant;

/** A reply of a type that this reader does not know; it is skipped. */
public record UnknownReply(String requestId, long sequence, Instant time)
    implements GenerationReply {}
