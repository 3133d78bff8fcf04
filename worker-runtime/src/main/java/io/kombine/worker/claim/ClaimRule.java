package io.kombine.worker.claim;

import io.kombine.contracts.BatchControl.Hold;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepEvent;
import io.kombine.contracts.StepState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a record meets (docs/architecture.md §4): pure, decided while the claim's row is locked.
 *
 * @param owner this process
 */
record ClaimRule(String owner, HeldClaims held, int maxTakeovers) {

  private static final Duration MIN_PAUSE = Duration.ofMillis(50);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

  /** What is done about a record. */
  sealed interface Decision {}

  /** Answer it; where its epoch is later than the claim's, the claim takes it on. */
  record Reply(Reservation reservation) implements Decision {}

  /** Take the step as one without a call, if a slot is free. */
  record Take() implements Decision {}

  /** Take the step over together with its begun call, and its slot or another free one. */
  record TakeOver(int takeovers) implements Decision {}

  Decision decide(RunStep step, @Nullable ClaimRow claim, Hold hold) {
    if (claim == null) {
      return fresh(hold);
    }
    if (claim.hasEnded()) {
      return ended(step, claim, hold);
    }
    if (claim.owner().equals(owner) && held.isHeld(step.stepId(), claim.token())) {
      return new Reply(new Reservation.Duplicate(pause(claim.leaseMillis())));
    }
    boolean uncalled = isMineWithoutCall(claim);
    if (claim.leaseMillis() > 0 && !uncalled) {
      return new Reply(new Reservation.Busy(pause(claim.leaseMillis())));
    }
    return claim.begunToken() == null || uncalled
        ? fresh(hold)
        : new TakeOver(claim.takeovers() + 1);
  }

  boolean isExhausted(TakeOver takeOver) {
    return takeOver.takeovers() >= maxTakeovers;
  }

  private static Decision fresh(Hold hold) {
    return hold == Hold.NONE ? new Take() : new Reply(new Reservation.Forbidden(hold));
  }

  private static Decision ended(RunStep step, ClaimRow claim, Hold hold) {
    if (claim.epoch() <= step.settledEpoch() && !hasSucceeded(claim)) {
      return fresh(hold);
    }
    return new Reply(new Reservation.Answered(claim.answer(step.epoch())));
  }

  private static boolean hasSucceeded(ClaimRow claim) {
    StepEvent event = claim.answer(0);
    return event.state() == StepState.SUCCEEDED;
  }

  /** Left by a round trip of this process that failed without an answer. */
  private boolean isMineWithoutCall(ClaimRow claim) {
    return claim.owner().equals(owner)
        && (claim.begunToken() == null || held.isUncalled(claim.stepId(), claim.token()));
  }

  private static Duration pause(long leaseMillis) {
    Duration remainder = Duration.ofMillis(leaseMillis);
    if (remainder.compareTo(MIN_PAUSE) < 0) {
      return MIN_PAUSE;
    }
    return remainder.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : remainder;
  }
}
