package io.kombine.batch.step;

import io.kombine.batch.model.BatchRow;
import io.kombine.contracts.BatchControl.Hold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one batch that a transaction has locked, and which of them are made of whose outputs.
 * Not thread-safe.
 */
final class StepFamily {

  private final BatchRow batch;
  private final Instant now;
  private final Map<UUID, StepRow> steps = new LinkedHashMap<>();
  private final Map<UUID, List<StepRow>> children = new HashMap<>();

  /**
   * @param rows with every step whose end is applied all of its descendants
   */
  StepFamily(BatchRow batch, Collection<StepRow> rows, Instant now) {
    this.batch = batch;
    this.now = now;
    for (StepRow row : rows) {
      steps.put(row.stepId(), row);
      UUID parent = row.plan.parentId();
      if (parent != null) {
        children.computeIfAbsent(parent, any -> new ArrayList<>()).add(row);
      }
    }
  }

  BatchRow batch() {
    return batch;
  }

  boolean isCancelled() {
    return batch.hold() == Hold.CANCELLED;
  }

  /** The time of everything that the transaction does. */
  Instant now() {
    return now;
  }

  Collection<StepRow> steps() {
    return steps.values();
  }

  @Nullable StepRow step(UUID stepId) {
    return steps.get(stepId);
  }

  @Nullable StepRow parentOf(StepRow step) {
    UUID parentId = step.plan.parentId();
    return parentId == null ? null : steps.get(parentId);
  }

  List<StepRow> childrenOf(StepRow parent) {
    return children.getOrDefault(parent.stepId(), List.of());
  }
}
