package io.kombine.gateway.status;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where batches' snapshots come from. */
interface Snapshots {

  /** The header that carries a client's key. */
  String API_KEY = "X-Api-Key";

  /**
   * The batch as it was when every event of its partition below {@code minOffset} was applied, or
   * later; asked once, without waiting for batch-api to get there.
   */
  SnapshotAnswer ask(UUID batchId, long minOffset, @Nullable String apiKey);
}
