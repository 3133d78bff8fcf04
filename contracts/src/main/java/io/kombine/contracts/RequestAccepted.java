package io.kombine.contracts;

import java.time.Instant;
import java.util.UUID;

/**
 * There is a batch.
 *
 * @param replayed whether an earlier request with the same id had made it
 * @param statusUrl the batch's path at the gateway
 */
public record RequestAccepted(
    int version,
    String requestId,
    long sequence,
    BatchKind kind,
    UUID batchId,
    boolean replayed,
    String statusUrl,
    Instant time)
    implements GenerationReply {

  public static final int VERSION = 1;
}
