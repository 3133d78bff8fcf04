package io.kombine.batch.step;

import io.kombine.batch.plan.ContentKeys;
import io.kombine.contracts.PlannedDelivery;
import io.kombine.contracts.StepEvent;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import io.kombine.contracts.StepPosition;
import io.kombine.contracts.StepProblem;
import io.kombine.contracts.StepState;
import io.kombine.contracts.StopOutcome;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A step as it is stored, in the hands of the one transaction that holds its batch's lock.
 *
 * <p>Changes only through its intent methods; {@link StepRows} writes what changed. Not
 * thread-safe.
 */
public final class StepRow {

  /** What the plan fixed. */
  record Planned(
      UUID stepId,
      UUID batchId,
      StepKind kind,
      @Nullable UUID parentId,
      String model,
      StepParameters parameters,
      String prompt,
      int variation,
      int outputCount,
      BigDecimal priceHold,
      boolean needsApproval,
      List<PlannedDelivery> deliveries) {}

  private static final String RETRY = "retry";

  final Planned plan;
  List<StepInput> inputs;
  StepState state;
  int epoch;
  int settledEpoch;
  int attempt;
  @Nullable Instant retryAt;
  boolean granted;
  BigDecimal hold;
  @Nullable BigDecimal cost;
  @Nullable StepProblem error;
  @Nullable StopOutcome stopped;
  @Nullable String worker;
  boolean announced;
  Instant touchedAt;
  @Nullable Instant queuedAt;
  @Nullable Instant startedAt;
  @Nullable Instant finishedAt;

  private boolean changed;
  private boolean moved;
  private boolean filled;

  StepRow(
      Planned plan,
      List<StepInput> inputs,
      StepPosition position,
      int settledEpoch,
      int attempt,
      boolean granted,
      BigDecimal hold,
      Instant touchedAt) {
    this.plan = plan;
    this.inputs = List.copyOf(inputs);
    this.state = position.state();
    this.epoch = position.epoch();
    this.settledEpoch = settledEpoch;
    this.attempt = attempt;
    this.granted = granted;
    this.hold = hold;
    this.touchedAt = touchedAt;
  }

  public UUID stepId() {
    return plan.stepId();
  }

  public StepKind kind() {
    return plan.kind();
  }

  public StepState state() {
    return state;
  }

  public StepPosition position() {
    return new StepPosition(epoch, state);
  }

  /** Whether there is anything to write. */
  boolean isChanged() {
    return changed;
  }

  /**
   * Whether it is in another state or epoch, or its grant has gone: what a batch's status shows.
   */
  boolean isMoved() {
    return moved;
  }

  boolean isFilled() {
    return filled;
  }

  /** What decides its outputs; null until all its inputs are known. */
  @Nullable String contentKey() {
    return ContentKeys.of(plan.model(), plan.parameters(), plan.prompt(), plan.variation(), inputs);
  }

  /**
   * Takes what a worker says, where it is later than what is known. The state it was in before does
   * not matter: reports may overtake each other, and only the order decides.
   *
   * @return whether it was
   */
  boolean report(StepEvent event, Instant now) {
    int order = event.position().compareTo(position());
    if (order == 0 && state == StepState.RUNNING) {
      touchedAt = now;
      changed = true;
    }
    if (order <= 0) {
      return false;
    }
    epoch = event.epoch();
    attempt = Math.max(attempt, event.attempt());
    error = event.error();
    stopped = event.stopped();
    worker = event.worker();
    enter(event.state(), event.time(), now);
    announced = true;
    if (event.state() == StepState.RETRY_WAIT) {
      retryAt = event.retryAt() == null ? event.time() : event.retryAt();
      if (error != null && error.code().equals(RETRY)) {
        attempt = Math.max(event.attempt(), 1) + 1;
      }
    }
    return true;
  }

  /**
   * Moves it by batch-api's own word, which others hear of once it is published.
   *
   * @throws IllegalStateException where the state machine forbids it
   */
  void become(StepState next, Instant now) {
    if (!state.canBecome(next)) {
      throw new IllegalStateException(
          "step %s is %s and cannot become %s".formatted(stepId(), state, next));
    }
    if (state.takesNextEpochFor(next)) {
      settledEpoch = epoch;
      epoch++;
    }
    enter(next, now, now);
    announced = false;
  }

  void stop(StopOutcome outcome, Instant now) {
    become(StepState.CANCELLED, now);
    stopped = outcome;
  }

  void skip(StepProblem why, Instant now) {
    become(StepState.SKIPPED, now);
    error = why;
  }

  /** Back to the beginning, at the next epoch. */
  void again(StepState next, Instant now) {
    become(next, now);
    attempt = 1;
    forget();
  }

  void forget() {
    error = null;
    stopped = null;
    retryAt = null;
    queuedAt = null;
    startedAt = null;
    finishedAt = null;
  }

  /** Its parent's message will not be chained from: admission has to grant or admit it anew. */
  void loseGrant(Instant now) {
    if (granted) {
      granted = false;
      hold = BigDecimal.ZERO;
      touchedAt = now;
      changed = true;
      moved = true;
    }
  }

  void fill(List<StepInput> withArtifacts) {
    if (!inputs.equals(withArtifacts)) {
      inputs = List.copyOf(withArtifacts);
      filled = true;
      changed = true;
    }
  }

  void charge(BigDecimal difference) {
    cost = cost == null ? difference : cost.add(difference);
    changed = true;
  }

  private void enter(StepState next, Instant at, Instant now) {
    state = next;
    granted = false;
    touchedAt = now;
    changed = true;
    moved = true;
    switch (next) {
      case WAITING, AWAITING_APPROVAL -> hold = BigDecimal.ZERO;
      case READY -> {
        hold = BigDecimal.ZERO;
        // why: what was admitted before has been given back, unpaid
        settledEpoch = Math.max(settledEpoch, epoch - 1);
      }
      case QUEUED -> {
        holdPrice();
        queuedAt = at;
      }
      case RUNNING -> {
        holdPrice();
        startedAt = at;
      }
      case RETRY_WAIT -> {
        hold = BigDecimal.ZERO;
        settledEpoch = epoch;
      }
      // why it holds its price: the call may have been billed
      case UNKNOWN -> holdPrice();
      case SKIPPED, CANCELLED, FAILED, SUCCEEDED -> {
        hold = BigDecimal.ZERO;
        settledEpoch = epoch;
        finishedAt = at;
      }
    }
  }

  /** A chained child whose grant was taken back runs all the same: then its money is set aside. */
  private void holdPrice() {
    if (hold.signum() == 0) {
      hold = plan.priceHold();
    }
  }
}
