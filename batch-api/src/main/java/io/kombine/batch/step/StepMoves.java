package io.kombine.batch.step;

import io.kombine.batch.model.BatchRow;
import io.kombine.contracts.BatchControl.Hold;
import io.kombine.contracts.Money;
import io.kombine.contracts.PlannedDelivery;
import io.kombine.contracts.StepEvent;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepOutput;
import io.kombine.contracts.StepProblem;
import io.kombine.contracts.StepState;
import io.kombine.contracts.StopOutcome;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happens to steps of one batch within one transaction, and all that follows from it: children
 * released or ended, holds let go, outputs, charges and files. Pure: it changes only the rows given
 * and what it collects; {@link StepRows#save} writes it. Not thread-safe.
 *
 * <p>Reports may come twice and in any order. What they leave behind follows from the greatest one
 * of each step alone.
 */
public final class StepMoves {

  /** One admission of a step, which is billed once. */
  record ChargeKey(UUID stepId, int epoch) {}

  /**
   * What an admission was billed.
   *
   * @param cost null where nobody knows it
   */
  record Charge(@Nullable BigDecimal cost, int attempt, StepState outcome, Instant time) {
    Charge costing(@Nullable BigDecimal known) {
      return new Charge(known, attempt, outcome, time);
    }
  }

  /** An output with a place in the tree. */
  public record PlannedFile(
      UUID batchId, UUID stepId, PlannedDelivery delivery, StepOutput output) {}

  private static final String GAVE_UP = "gave_up";

  private static final StepProblem REJECTED =
      new StepProblem("rejected", "A person has rejected it.");

  private static final StepProblem NO_PARENT =
      new StepProblem("parent", "The step it needs an output of ended without that output.");

  private final BatchRow batch;
  private final Instant now;
  private final Map<UUID, StepRow> steps = new LinkedHashMap<>();
  private final Map<UUID, List<StepRow>> children = new HashMap<>();
  private final Map<UUID, List<StepOutput>> outputs = new LinkedHashMap<>();
  private final Map<ChargeKey, Charge> charges = new LinkedHashMap<>();
  private final List<PlannedFile> files = new ArrayList<>();

  /**
   * @param rows of this batch, locked; with every step whose end is applied all of its descendants
   */
  public StepMoves(BatchRow batch, Collection<StepRow> rows, Instant now) {
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

  /**
   * Applies a report, unless a later one is known.
   *
   * @throws IllegalArgumentException when its cost is in another currency than the batch's
   */
  public void apply(StepEvent event) {
    StepRow step = steps.get(event.stepId());
    if (step == null || !event.batchId().equals(batch.batchId())) {
      return;
    }
    Money cost = event.cost();
    if (cost != null && !cost.currency().equals(batch.currency())) {
      throw new IllegalArgumentException(
          "step %s cost %s in a batch in %s".formatted(step.stepId(), cost, batch.currency()));
    }
    if (!step.report(event, now)) {
      return;
    }
    // why only applied reports: a worker repeats the result of an earlier admission under the later
    // epoch, so a report that is dropped comes again and is charged then
    if (cost != null || settles(event)) {
      charges.merge(
          new ChargeKey(step.stepId(), step.epoch),
          new Charge(
              cost == null ? null : cost.amount(), event.attempt(), event.state(), event.time()),
          (earlier, later) -> later.cost() == null ? later.costing(earlier.cost()) : later);
    }
    if (batch.hold() == Hold.CANCELLED) {
      endCancelled(step, cost);
    }
    follow(step, event.outputs());
  }

  /** Stops at once all that no worker has been told of. */
  public void cancelUnsent() {
    for (StepRow step : steps.values()) {
      switch (step.state) {
        case WAITING -> {
          if (!step.granted) {
            step.stop(StopOutcome.STOPPED_FREE, now);
          }
        }
        case AWAITING_APPROVAL, READY -> step.stop(StopOutcome.STOPPED_FREE, now);
        case RETRY_WAIT -> step.stop(stoppedAt(step.cost), now);
        case UNKNOWN -> step.stop(StopOutcome.CHARGE_UNKNOWN, now);
        case QUEUED, RUNNING, SKIPPED, CANCELLED, FAILED, SUCCEEDED -> {}
      }
    }
  }

  /** Stops all that no worker will begin any more, now that every stage has said so. */
  public void cancelUnbegun(Set<UUID> begun) {
    cancelUnsent();
    for (StepRow step : steps.values()) {
      if (!step.state.isTerminal() && !begun.contains(step.stepId())) {
        step.stop(stoppedAt(step.cost), now);
      }
    }
  }

  /**
   * Brings back what failed, and what was skipped for it.
   *
   * @param known outputs of the steps that succeeded
   * @return how many steps may run again
   */
  public int retryFailed(Map<UUID, List<StepOutput>> known) {
    int retried = 0;
    for (StepRow step : steps.values()) {
      if (step.state == StepState.FAILED) {
        step.again(StepState.READY, now);
        retried += 1 + reviveChildren(step);
      }
    }
    for (StepRow step : List.copyOf(steps.values())) {
      UUID parentId = step.plan.parentId();
      StepRow parent = parentId == null ? null : steps.get(parentId);
      if (step.state == StepState.SKIPPED
          && parent != null
          && parent.state == StepState.SUCCEEDED
          // why: a person has decided that, and decides on it again by approving
          && !isRejected(step)
          && canFill(step, known.getOrDefault(parent.stepId(), List.of()))) {
        step.again(StepState.WAITING, now);
        retried += 1 + reviveChildren(step);
        release(step, known.getOrDefault(parent.stepId(), List.of()));
      }
    }
    return retried;
  }

  /**
   * Lets steps run that waited for a person, and brings back those that a person had rejected.
   * Others are left as they are.
   *
   * @return the steps that may run now
   */
  public List<UUID> approve(Collection<UUID> stepIds) {
    List<UUID> approved = new ArrayList<>();
    for (UUID stepId : stepIds) {
      StepRow step = steps.get(stepId);
      if (step == null) {
        continue;
      }
      if (isRejected(step)) {
        step.again(StepState.WAITING, now);
        reviveChildren(step);
        step.become(StepState.READY, now);
        approved.add(stepId);
      } else if (step.state == StepState.AWAITING_APPROVAL) {
        step.become(StepState.READY, now);
        approved.add(stepId);
      }
    }
    return approved;
  }

  /**
   * Skips steps that wait for a person, or were approved and are not queued yet, and with them what
   * needs their outputs. Others are left as they are.
   *
   * @return the steps that were rejected
   */
  public List<UUID> reject(Collection<UUID> stepIds) {
    List<UUID> rejected = new ArrayList<>();
    for (UUID stepId : stepIds) {
      StepRow step = steps.get(stepId);
      if (step != null
          && step.plan.needsApproval()
          && (step.state == StepState.AWAITING_APPROVAL || step.state == StepState.READY)) {
        step.skip(REJECTED, now);
        endChildren(step);
        rejected.add(stepId);
      }
    }
    return rejected;
  }

  private static boolean isRejected(StepRow step) {
    StepProblem error = step.error;
    return step.state == StepState.SKIPPED && error != null && error.code().equals(REJECTED.code());
  }

  /** Ends a step that may run with what an equal one has made: no call, no cost. */
  public void reuse(StepRow step, List<StepOutput> made) {
    if (step.state == StepState.RETRY_WAIT) {
      step.become(StepState.READY, now);
    }
    step.become(StepState.SUCCEEDED, now);
    step.error = null;
    step.retryAt = null;
    follow(step, made.subList(0, step.plan.outputCount()));
  }

  /** A person's word on a call whose outcome nobody knows: run it again, which may pay twice. */
  public void retryUnknown(StepRow step) {
    step.become(StepState.READY, now);
    step.forget();
  }

  /** A person's word on a call whose outcome nobody knows: do without it. */
  public void giveUp(StepRow step) {
    step.become(StepState.FAILED, now);
    step.error = new StepProblem(GAVE_UP, "Its outcome could not be learnt and it was given up.");
    endChildren(step);
  }

  public BatchRow batch() {
    return batch;
  }

  /** Whether a step moved, so that status and counts did. */
  public boolean moved() {
    return steps.values().stream().anyMatch(StepRow::isMoved);
  }

  public List<PlannedFile> files() {
    return List.copyOf(files);
  }

  @Nullable StepRow step(UUID stepId) {
    return steps.get(stepId);
  }

  Map<UUID, List<StepOutput>> outputs() {
    return outputs;
  }

  Map<ChargeKey, Charge> charges() {
    return charges;
  }

  List<StepRow> changed() {
    return steps.values().stream().filter(StepRow::isChanged).toList();
  }

  /** Whether a report without a cost says something about what was billed all the same. */
  private static boolean settles(StepEvent event) {
    StepProblem error = event.error();
    if (event.stopped() == StopOutcome.CHARGE_UNKNOWN
        || (error != null && error.code().equals(GAVE_UP))) {
      // why: it was decided to do without the answer, and nobody knows more than before
      return false;
    }
    return switch (event.state()) {
      case UNKNOWN, RETRY_WAIT, FAILED, CANCELLED, SUCCEEDED -> true;
      case WAITING, AWAITING_APPROVAL, READY, QUEUED, RUNNING, SKIPPED -> false;
    };
  }

  private void follow(StepRow step, List<StepOutput> made) {
    switch (step.state) {
      case SUCCEEDED -> {
        outputs.put(step.stepId(), made);
        planFiles(step, made);
        for (StepRow child : childrenOf(step)) {
          release(child, made);
        }
      }
      case FAILED -> {
        outputs.put(step.stepId(), made);
        endChildren(step);
      }
      case SKIPPED, CANCELLED -> endChildren(step);
      case READY, RETRY_WAIT, UNKNOWN -> {
        for (StepRow child : childrenOf(step)) {
          child.loseGrant(now);
        }
      }
      case WAITING, AWAITING_APPROVAL, QUEUED, RUNNING -> {}
    }
  }

  /** In a cancelled batch nothing comes back: what would wait for another call has ended. */
  private void endCancelled(StepRow step, @Nullable Money cost) {
    switch (step.state) {
      case RETRY_WAIT, READY, WAITING, AWAITING_APPROVAL ->
          step.stop(stoppedAt(cost == null ? null : cost.amount()), now);
      case UNKNOWN -> step.stop(StopOutcome.CHARGE_UNKNOWN, now);
      case SUCCEEDED -> {
        if (step.stopped == null) {
          step.stopped = StopOutcome.FINISHED_KEPT;
        }
      }
      case QUEUED, RUNNING, SKIPPED, CANCELLED, FAILED -> {}
    }
  }

  private void release(StepRow child, List<StepOutput> made) {
    boolean fits = canFill(child, made);
    if (fits) {
      child.fill(filled(child, made));
    }
    if (child.state != StepState.WAITING) {
      return;
    }
    if (!fits) {
      end(child);
    } else if (!child.granted) {
      if (batch.hold() == Hold.CANCELLED) {
        end(child);
      } else if (!batch.stages().isBehindBarrier(child.kind())) {
        // why no other: where a barrier lies before it, it goes on once that has passed
        child.become(
            child.plan.needsApproval() ? StepState.AWAITING_APPROVAL : StepState.READY, now);
      }
    }
  }

  private void endChildren(StepRow parent) {
    for (StepRow child : childrenOf(parent)) {
      switch (child.state) {
        case WAITING, AWAITING_APPROVAL, READY -> end(child);
        case QUEUED, RUNNING, RETRY_WAIT, UNKNOWN, SKIPPED, CANCELLED, FAILED, SUCCEEDED -> {}
      }
    }
  }

  private void end(StepRow step) {
    if (batch.hold() == Hold.CANCELLED) {
      step.stop(StopOutcome.STOPPED_FREE, now);
    } else {
      step.skip(NO_PARENT, now);
    }
    endChildren(step);
  }

  private int reviveChildren(StepRow parent) {
    int revived = 0;
    for (StepRow child : childrenOf(parent)) {
      if (child.state == StepState.SKIPPED) {
        child.again(StepState.WAITING, now);
        revived += 1 + reviveChildren(child);
      }
    }
    return revived;
  }

  private void planFiles(StepRow step, List<StepOutput> made) {
    for (PlannedDelivery delivery : step.plan.deliveries()) {
      StepOutput output = output(made, delivery.outputIndex());
      if (output != null) {
        files.add(new PlannedFile(batch.batchId(), step.stepId(), delivery, output));
      }
    }
  }

  private List<StepRow> childrenOf(StepRow parent) {
    return children.getOrDefault(parent.stepId(), List.of());
  }

  private static StopOutcome stoppedAt(@Nullable BigDecimal cost) {
    return cost != null && cost.signum() > 0
        ? StopOutcome.STOPPED_CHARGED
        : StopOutcome.STOPPED_FREE;
  }

  private static boolean canFill(StepRow child, List<StepOutput> made) {
    return child.inputs.stream()
        .allMatch(in -> in.parentOutput() == null || output(made, in.parentOutput()) != null);
  }

  private static List<StepInput> filled(StepRow child, List<StepOutput> made) {
    List<StepInput> filled = new ArrayList<>();
    for (StepInput input : child.inputs) {
      Integer index = input.parentOutput();
      StepOutput output = index == null ? null : output(made, index);
      filled.add(output == null ? input : StepInput.of(input.role(), output.artifact()));
    }
    return filled;
  }

  private static @Nullable StepOutput output(List<StepOutput> made, int index) {
    for (StepOutput output : made) {
      if (output.index() == index) {
        return output;
      }
    }
    return null;
  }
}
