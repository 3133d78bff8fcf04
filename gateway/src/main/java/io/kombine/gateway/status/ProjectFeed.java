package io.kombine.gateway.status;

import io.kombine.contracts.BatchStatus;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepState;
import io.kombine.gateway.status.ProjectGenerations.Generation;
import io.kombine.gateway.status.ProjectMessage.Job;
import io.kombine.gateway.status.ProjectMessage.JobComplete;
import io.kombine.gateway.status.ProjectMessage.JobFailed;
import io.kombine.gateway.status.ProjectMessage.Snapshot;
import io.kombine.gateway.status.ProjectMessage.StageChange;
import io.kombine.gateway.status.ProjectMessage.Totals;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a batch's stream says into what a project's client is told: pure, one for each
 * generation that one client follows. It holds the state of each step once. Not thread-safe.
 */
final class ProjectFeed {

  private static final List<StepKind> STAGES =
      List.of(StepKind.ANALYSIS, StepKind.AUDIO, StepKind.I2I, StepKind.I2V);
  private static final String DONE = "done";

  private final Generation generation;
  private final UUID batchId;
  private final Map<Integer, StepChange> steps = new TreeMap<>();
  private @Nullable String stage;

  ProjectFeed(Generation generation, UUID batchId) {
    this.generation = generation;
    this.batchId = batchId;
  }

  /** Takes all steps without telling anybody, for a client that goes on from a position. */
  void begin(Collection<StepChange> all) {
    steps.clear();
    all.forEach(step -> steps.put(step.ordinal(), step));
    stage = stageNow();
  }

  /** Everything as it is now. */
  Snapshot snapshot(StreamUpdate.Snapshot update) {
    begin(update.snapshot().steps());
    String now = stageNow();
    return new Snapshot(
        generation.projectId(),
        batchId,
        position(update.id()),
        update.snapshot().status().status(),
        now,
        total(now),
        totals(),
        steps.values().stream()
            .map(step -> new Job(step.stepId(), sentence(step), stageOf(step.kind()), step.state()))
            .toList());
  }

  /** What a project without a generation has to show. */
  static Snapshot nothing(UUID projectId) {
    return new Snapshot(projectId, null, null, null, null, null, null, List.of());
  }

  /**
   * What is new with these steps.
   *
   * @param again whether ends are told that are known here already, because the client may not know
   *     them
   */
  List<ProjectMessage> delta(
      List<StepChange> changes, EventPosition id, BatchStatus status, boolean again) {
    List<ProjectMessage> messages = new ArrayList<>();
    String position = position(id);
    for (StepChange change : changes) {
      StepChange before = steps.put(change.ordinal(), change);
      boolean isNew = again || before == null || before.state() != change.state();
      if (!isNew) {
        continue;
      }
      String of = stageOf(change.kind());
      if (change.state() == StepState.SUCCEEDED) {
        messages.add(new JobComplete(batchId, position, change.stepId(), sentence(change), of));
      } else if (change.state().isTerminal()) {
        messages.add(
            new JobFailed(
                batchId, position, change.stepId(), sentence(change), of, change.state()));
      }
    }
    String now = stageNow();
    if (!now.equals(stage)) {
      stage = now;
      messages.add(new StageChange(batchId, position, now, total(now), status));
    }
    return messages;
  }

  /** The first stage that has a step which holds the next one back. */
  private String stageNow() {
    for (StepKind kind : STAGES) {
      for (StepChange step : steps.values()) {
        if (step.kind() == kind
            && !step.state().isTerminal()
            && step.state() != StepState.UNKNOWN) {
          return stageOf(kind);
        }
      }
    }
    return DONE;
  }

  private int total(String ofStage) {
    return (int)
        steps.values().stream().filter(step -> stageOf(step.kind()).equals(ofStage)).count();
  }

  private Totals totals() {
    int completed = 0;
    int failed = 0;
    for (StepChange step : steps.values()) {
      if (step.state() == StepState.SUCCEEDED) {
        completed++;
      } else if (step.state().isTerminal()) {
        failed++;
      }
    }
    return new Totals(steps.size(), completed, failed);
  }

  private @Nullable UUID sentence(StepChange step) {
    return step.group() < generation.sentences().size()
        ? generation.sentences().get(step.group())
        : null;
  }

  private String position(EventPosition id) {
    return new ProjectPosition(batchId, id).toString();
  }

  private static String stageOf(StepKind kind) {
    return switch (kind) {
      case ANALYSIS -> "analysis";
      case AUDIO -> "audio";
      case I2I -> "images";
      case I2V -> "videos";
    };
  }
}
