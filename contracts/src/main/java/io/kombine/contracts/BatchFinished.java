package io.kombine.contracts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Steps and deliveries have ended. A batch whose failed steps are retried by hand finishes again.
 *
 * @param status a terminal one
 * @param quoted what the plan was priced at
 * @param spent what was billed
 * @param folderUrl where the tree was delivered; absent where nothing was
 */
public record BatchFinished(
    int version,
    String requestId,
    long sequence,
    UUID batchId,
    BatchStatus status,
    StepCounts counts,
    Money quoted,
    Money spent,
    int filesDelivered,
    int filesFailed,
    @Nullable String folderUrl,
    Instant time)
    implements GenerationReply {

  public static final int VERSION = 1;
}
