package io.kombine.contracts;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * There is no batch, and nothing has changed. The id may be used again.
 *
 * @param problem the problem+json that the REST request would be answered with: {@code type},
 *     {@code title}, {@code status}, {@code detail} and where fields are wrong {@code errors}
 */
public record RequestRejected(
    int version, String requestId, long sequence, JsonNode problem, Instant time)
    implements GenerationReply {

  public static final int VERSION = 1;
}
