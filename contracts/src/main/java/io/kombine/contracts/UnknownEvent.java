package io.kombine.contracts;

import java.time.Instant;
import java.util.UUID;

/** An event of a type that this reader does not know; it is skipped. */
public record UnknownEvent(UUID batchId, Instant time) implements StatusEvent {}
