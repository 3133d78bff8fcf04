package io.kombine.contracts;

import java.time.Instant;
import java.util.UUID;

/** The batch's first step has been queued, or needed no call. */
public record BatchStarted(int version, String requestId, long sequence, UUID batchId, Instant time)
    implements GenerationReply {

  public static final int VERSION = 1;
}
