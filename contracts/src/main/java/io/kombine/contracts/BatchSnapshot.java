package io.kombine.contracts;

import java.util.List;
import java.util.UUID;

/**
 * A batch as batch-api holds it, for a gateway replica to begin from; not on Kafka. What it says is
 * at least as new as every record of its {@code step.events} partition below {@code nextOffset}.
 *
 * @param partition of {@code step.events} that holds the batch's events
 * @param nextOffset the first offset not applied yet
 * @param steps in the order of their ordinals
 */
public record BatchSnapshot(int partition, long nextOffset, BatchEvent batch, List<Step> steps) {

  public BatchSnapshot {
    steps = List.copyOf(steps);
  }

  /** One step's place, without its payload. */
  public record Step(
      UUID stepId, StepKind kind, int groupIndex, int ordinal, int epoch, StepState state) {}
}
