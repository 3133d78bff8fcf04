package io.kombine.batch.storyboard;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a request to generate came to.
 *
 * @param batchId the batch that makes it; absent where everything is there already
 * @param replayed whether an earlier request with the same idempotency key had begun it
 */
public record Generation(
    UUID projectId, @Nullable UUID batchId, JobCounts jobCounts, boolean replayed) {}
