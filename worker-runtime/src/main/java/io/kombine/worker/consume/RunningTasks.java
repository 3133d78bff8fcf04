package io.kombine.worker.consume;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** The tasks being handled, with and without their permit. Guarded by the pool's lock. */
final class RunningTasks {

  private final Set<HeldPermit> holding = new HashSet<>();
  private final Set<HeldPermit> released = new HashSet<>();

  void add(HeldPermit permit) {
    holding.add(permit);
  }

  void release(HeldPermit permit) {
    if (holding.remove(permit)) {
      released.add(permit);
    }
  }

  void remove(HeldPermit permit) {
    holding.remove(permit);
    released.remove(permit);
  }

  int permits() {
    return holding.size();
  }

  int withoutPermit() {
    return released.size();
  }

  boolean none(Predicate<Task> kind) {
    return holding.stream().map(HeldPermit::task).noneMatch(kind)
        && released.stream().map(HeldPermit::task).noneMatch(kind);
  }
}
