package io.kombine.batch.model;

import io.kombine.contracts.BatchKind;
import java.time.Instant;
import java.util.UUID;

/**
 * Told of a new batch within the transaction that writes it: what a listener writes stands or falls
 * with the batch. Not told of requests that were accepted before.
 */
public interface AcceptanceListener {

  void accepted(UUID batchId, BatchKind kind, String owner, String idempotencyKey, Instant now);
}
