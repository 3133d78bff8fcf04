package io.kombine.batch.slideshow;

import io.kombine.batch.slideshow.SlideshowView.LinkStatus;
import io.kombine.contracts.StepState;
import java.util.EnumMap;
import java.util.Map;

/** Steps by state, in the words of the slideshows door. Not thread-safe. */
final class StepTally {

  private final Map<StepState, Integer> states = new EnumMap<>(StepState.class);

  void add(StepState state, int steps) {
    states.merge(state, steps, Integer::sum);
  }

  int total() {
    return states.values().stream().mapToInt(Integer::intValue).sum();
  }

  int completed() {
    return of(StepState.SUCCEEDED);
  }

  int failed() {
    return of(StepState.FAILED) + of(StepState.SKIPPED);
  }

  int cancelled() {
    return of(StepState.CANCELLED);
  }

  int inProgress() {
    return of(StepState.QUEUED) + of(StepState.RUNNING);
  }

  int remaining() {
    return total() - completed() - failed() - cancelled() - inProgress();
  }

  int ended() {
    return completed() + failed() + cancelled();
  }

  /** Of a link that is planned. */
  LinkStatus status(boolean hasPlace) {
    if (ended() == total()) {
      if (failed() == total()) {
        return LinkStatus.FAILED;
      }
      if (cancelled() > 0) {
        return LinkStatus.CANCELLED;
      }
      return failed() > 0 ? LinkStatus.COMPLETED_WITH_FAILURES : LinkStatus.COMPLETED;
    }
    int goingOn = inProgress() + of(StepState.READY) + of(StepState.RETRY_WAIT);
    if (goingOn == 0 && of(StepState.UNKNOWN) + of(StepState.AWAITING_APPROVAL) > 0) {
      return LinkStatus.WAITING_FOR_DECISION;
    }
    return hasPlace || inProgress() > 0 ? LinkStatus.IN_PROGRESS : LinkStatus.WAITING;
  }

  private int of(StepState state) {
    return states.getOrDefault(state, 0);
  }
}
