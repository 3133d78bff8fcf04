package io.kombine.batch.manifest;

import java.util.UUID;

/**
 * A batch that has run and whose manifest is not written.
 *
 * @param revision of the batch that the manifest will tell of
 */
record DueManifest(UUID batchId, long revision) {}
