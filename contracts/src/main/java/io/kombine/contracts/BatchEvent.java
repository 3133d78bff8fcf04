package io.kombine.contracts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is true of a batch as a whole and does not follow from its steps' states: identity, control,
 * money, deliveries. Written by batch-api whenever one of them changes, several changes at hand
 * folded into one.
 *
 * @param revision grows with each; a reader keeps the highest
 * @param totalSteps how many steps the plan has; 0 while planning
 * @param holdReason why it is paused: {@code user} or {@code budget}; absent when it is not
 * @param etaP50Seconds median of the time that the rest will take; absent where nothing is known
 *     yet
 */
public record BatchEvent(
    int version,
    UUID eventId,
    UUID batchId,
    BatchKind kind,
    String name,
    String owner,
    long revision,
    int totalSteps,
    boolean planning,
    boolean started,
    BatchControl.Hold hold,
    @Nullable String holdReason,
    BatchStatus status,
    BatchCost cost,
    DeliveryProgress delivery,
    boolean deliveriesComplete,
    @Nullable Long etaP50Seconds,
    @Nullable Long etaP90Seconds,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable StepProblem error,
    Instant time,
    String worker)
    implements StatusEvent {

  public static final int VERSION = 1;
}
