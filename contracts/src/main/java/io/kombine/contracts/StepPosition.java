package io.kombine.contracts;

/**
 * Where a step stands: its epoch and its state within it. Compares by (epoch, rank of state), which
 * is how every reader merges reports (design §4): a position that does not compare greater is
 * dropped.
 *
 * @param epoch number of the admission, from 1; 0 means never seen
 */
public record StepPosition(int epoch, StepState state) implements Comparable<StepPosition> {

  @Override
  public int compareTo(StepPosition other) {
    int byEpoch = Integer.compare(epoch, other.epoch);
    return byEpoch != 0 ? byEpoch : Integer.compare(state.rank(), other.state.rank());
  }

  /** The later of the two. */
  public StepPosition merge(StepPosition other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
