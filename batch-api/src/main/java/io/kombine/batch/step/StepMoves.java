package io.kombine.batch.step;

import io.kombine.batch.model.BatchRow;
import io.kombine.contracts.PlannedDelivery;
import io.kombine.contracts.StepEvent;
import io.kombine.contracts.StepOutput;
import io.kombine.contracts.StepState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
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
 * <p>Each thing that can happen has a class of its own: {@link StepReports} of workers, a person's
 * {@link StepDecisions}, {@link Stopping} for a cancel, {@link StepRevival} for a retry. What
 * follows from any of them is with {@link StepConsequences}.
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

  private final StepFamily family;
  private final StepConsequences consequences;
  private final StepReports reports;
  private final Stopping stopping;
  private final StepRevival revival;
  private final StepDecisions decisions;

  /**
   * @param rows of this batch, locked; with every step whose end is applied all of its descendants
   */
  public StepMoves(BatchRow batch, Collection<StepRow> rows, Instant now) {
    family = new StepFamily(batch, rows, now);
    consequences = new StepConsequences(family);
    reports = new StepReports(family, consequences);
    stopping = new Stopping(family);
    revival = new StepRevival(family, consequences);
    decisions = new StepDecisions(family, consequences, revival);
  }

  /**
   * Applies a report, unless a later one is known.
   *
   * @throws IllegalArgumentException when its cost is in another currency than the batch's
   */
  public void apply(StepEvent event) {
    reports.apply(event);
  }

  /** Stops at once all that no worker has been told of. */
  public void cancelUnsent() {
    stopping.cancelUnsent();
  }

  /** Stops all that no worker will begin any more, now that every stage has said so. */
  public void cancelUnbegun(Set<UUID> begun) {
    stopping.cancelUnbegun(begun);
  }

  /**
   * Brings back what failed, and what was skipped for it.
   *
   * @param known outputs of the steps that succeeded
   * @return how many steps may run again
   */
  public int retryFailed(Map<UUID, List<StepOutput>> known) {
    return revival.retryFailed(known);
  }

  /**
   * Lets steps run that waited for a person, and brings back those that a person had rejected.
   * Others are left as they are.
   *
   * @return the steps that may run now
   */
  public List<UUID> approve(Collection<UUID> stepIds) {
    return decisions.approve(stepIds);
  }

  /**
   * Skips steps that wait for a person, or were approved and are not queued yet, and with them what
   * needs their outputs. Others are left as they are.
   *
   * @return the steps that were rejected
   */
  public List<UUID> reject(Collection<UUID> stepIds) {
    return decisions.reject(stepIds);
  }

  /** Ends a step that may run with what an equal one has made: no call, no cost. */
  public void reuse(StepRow step, List<StepOutput> made) {
    if (step.state == StepState.RETRY_WAIT) {
      step.become(StepState.READY, family.now());
    }
    step.become(StepState.SUCCEEDED, family.now());
    step.error = null;
    step.retryAt = null;
    consequences.follow(step, made.subList(0, step.plan.outputCount()));
  }

  /** A person's word on a call whose outcome nobody knows: run it again, which may pay twice. */
  public void retryUnknown(StepRow step) {
    decisions.retryUnknown(step);
  }

  /** A person's word on a call whose outcome nobody knows: do without it. */
  public void giveUp(StepRow step) {
    decisions.giveUp(step);
  }

  public BatchRow batch() {
    return family.batch();
  }

  /** Whether a step moved, so that status and counts did. */
  public boolean moved() {
    return family.steps().stream().anyMatch(StepRow::isMoved);
  }

  public List<PlannedFile> files() {
    return consequences.files();
  }

  @Nullable StepRow step(UUID stepId) {
    return family.step(stepId);
  }

  Map<UUID, List<StepOutput>> outputs() {
    return consequences.outputs();
  }

  Map<ChargeKey, Charge> charges() {
    return reports.charges();
  }

  List<StepRow> changed() {
    return family.steps().stream().filter(StepRow::isChanged).toList();
  }
}
