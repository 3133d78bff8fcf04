package io.kombine.gateway.status;

import io.kombine.contracts.BatchEvent;
import io.kombine.contracts.BatchProgress;
import io.kombine.contracts.BatchSnapshot;
import io.kombine.contracts.BatchStatus;
import io.kombine.contracts.BatchView;
import io.kombine.contracts.ControlConfirmed;
import io.kombine.contracts.DeliveryEvent;
import io.kombine.contracts.StatusEvent;
import io.kombine.contracts.StepCounts;
import io.kombine.contracts.StepEvent;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepPosition;
import io.kombine.contracts.StepState;
import io.kombine.contracts.UnknownEvent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One batch as a snapshot gave it and events moved it on: the greater {@link StepPosition} of each
 * step and the highest revision of the batch. Whatever the order and repetition of the events, the
 * same ones lead to the same state; the counts add up at every moment, because they count the steps
 * that are here. Not thread-safe.
 */
final class BatchProjection {

  /** What an event did. */
  enum Effect {
    /** It says something about the batch or one of its steps, be it known already. */
    MENTIONED,
    /** It has no bearing on the status. */
    IRRELEVANT,
    /** It speaks of steps that are not here: only a newer snapshot has them. */
    NEEDS_SNAPSHOT
  }

  private final BatchSnapshot.Step[] steps;
  private final Map<StepKind, int[]> counts = new EnumMap<>(StepKind.class);
  private BatchEvent batch;

  BatchProjection(BatchSnapshot snapshot) {
    this.batch = snapshot.batch();
    this.steps = snapshot.steps().toArray(BatchSnapshot.Step[]::new);
    for (int i = 0; i < steps.length; i++) {
      if (steps[i].ordinal() != i) {
        throw new IllegalArgumentException(
            "snapshot of batch %s has step %d at place %d"
                .formatted(batch.batchId(), steps[i].ordinal(), i));
      }
      of(steps[i].kind())[steps[i].state().ordinal()]++;
    }
  }

  Effect apply(StatusEvent event) {
    return switch (event) {
      case StepEvent step -> apply(step);
      case BatchEvent next -> apply(next);
      // why: their sums come with the batch's next revision
      case DeliveryEvent delivery -> Effect.IRRELEVANT;
      case ControlConfirmed confirmed -> Effect.IRRELEVANT;
      case UnknownEvent unknown -> Effect.IRRELEVANT;
    };
  }

  private Effect apply(StepEvent event) {
    if (event.ordinal() < 0 || event.ordinal() >= steps.length) {
      return Effect.NEEDS_SNAPSHOT;
    }
    BatchSnapshot.Step known = steps[event.ordinal()];
    if (event.position().compareTo(new StepPosition(known.epoch(), known.state())) > 0) {
      steps[event.ordinal()] =
          new BatchSnapshot.Step(
              known.stepId(),
              known.kind(),
              known.groupIndex(),
              known.ordinal(),
              event.epoch(),
              event.state());
      of(known.kind())[known.state().ordinal()]--;
      of(known.kind())[event.state().ordinal()]++;
    }
    return Effect.MENTIONED;
  }

  private Effect apply(BatchEvent next) {
    if (next.revision() <= batch.revision()) {
      return Effect.MENTIONED;
    }
    if (!next.planning() && next.totalSteps() != steps.length) {
      // why not taken: without its steps a planned batch would look as if all of them had ended
      return Effect.NEEDS_SNAPSHOT;
    }
    batch = next;
    return Effect.MENTIONED;
  }

  int size() {
    return steps.length;
  }

  BatchSnapshot.Step step(int ordinal) {
    return steps[ordinal];
  }

  List<BatchSnapshot.Step> allSteps() {
    return List.of(steps);
  }

  BatchEvent batch() {
    return batch;
  }

  BatchStatus status() {
    return new BatchProgress(
            batch.planning(),
            batch.hold(),
            batch.started(),
            stepCounts(),
            batch.delivery().failed(),
            batch.deliveriesComplete())
        .status();
  }

  /**
   * Whether nothing more is to come unless somebody retries: this replica sees every step and
   * delivery ended, and so does batch-api, whose event then has the final amounts and times.
   */
  boolean isDone() {
    return status().isTerminal() && batch.status().isTerminal();
  }

  BatchView document() {
    List<BatchView.Stage> stages = new ArrayList<>();
    counts.forEach((kind, n) -> stages.add(BatchView.Stage.of(kind, StepCounts.of(byState(n)))));
    return new BatchView(
        batch.batchId(),
        batch.kind(),
        batch.name(),
        status(),
        batch.createdAt(),
        batch.startedAt(),
        batch.finishedAt(),
        BatchView.Counts.of(stepCounts()),
        stages,
        BatchView.Cost.of(batch.cost()),
        new BatchView.Eta(batch.etaP50Seconds(), batch.etaP90Seconds()),
        BatchView.Delivery.of(batch.delivery(), batch.deliveriesComplete()),
        batch.error());
  }

  private StepCounts stepCounts() {
    Map<StepState, Integer> all = new EnumMap<>(StepState.class);
    for (int[] n : counts.values()) {
      byState(n).forEach((state, steps) -> all.merge(state, steps, Integer::sum));
    }
    return StepCounts.of(all);
  }

  private static Map<StepState, Integer> byState(int[] numbers) {
    Map<StepState, Integer> states = new EnumMap<>(StepState.class);
    for (StepState state : StepState.values()) {
      states.put(state, numbers[state.ordinal()]);
    }
    return states;
  }

  private int[] of(StepKind kind) {
    return counts.computeIfAbsent(kind, any -> new int[StepState.values().length]);
  }

  /** The ordinal that an event mentions, or {@link ChangeRing#BATCH}. */
  static int mentioned(StatusEvent event) {
    return event instanceof StepEvent step ? step.ordinal() : ChangeRing.BATCH;
  }

  @Override
  public String toString() {
    return batch.batchId() + " " + status();
  }

  /** For comparisons between replicas. */
  boolean agreesWith(@Nullable BatchProjection other) {
    return other != null
        && document().equals(other.document())
        && allSteps().equals(other.allSteps());
  }
}
