package io.kombine.batch.model;

import java.util.UUID;

/**
 * A batch that is in the database.
 *
 * @param replayed whether an earlier request with the same idempotency key had put it there
 */
public record Accepted(UUID batchId, boolean replayed) {}
