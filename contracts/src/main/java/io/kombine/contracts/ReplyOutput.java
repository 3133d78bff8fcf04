package io.kombine.contracts;

import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a step produced, as other services are told of it.
 *
 * @param index among the outputs of the step, from 0
 * @param url its path at the gateway, where the owner's key opens it
 * @param seconds playing time of a video or of speech
 */
public record ReplyOutput(
    int index,
    UUID artifactId,
    String url,
    String mediaType,
    long bytes,
    String sha256,
    @Nullable Integer widthPx,
    @Nullable Integer heightPx,
    @Nullable BigDecimal seconds) {}
