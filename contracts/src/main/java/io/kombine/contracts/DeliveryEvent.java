package io.kombine.contracts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of one delivery.
 *
 * @param epoch of the {@link DeliverFile} it answers
 * @param url of the file, for people
 * @param folderUrl of the batch's folder, for people
 */
public record DeliveryEvent(
    int version,
    UUID eventId,
    UUID batchId,
    UUID deliveryId,
    int epoch,
    DeliveryState state,
    boolean manifest,
    Instant time,
    String worker,
    @Nullable String url,
    @Nullable String folderUrl,
    @Nullable StepProblem error)
    implements StatusEvent {

  public static final int VERSION = 1;
}
