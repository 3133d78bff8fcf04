package io.kombine.contracts;

/** Where a delivery stands; within an epoch only the rank grows. */
public enum DeliveryState {
  /** Published, or waiting for the drive to take it. */
  PENDING(0),
  FAILED(1),
  DELIVERED(2);

  private final int rank;

  DeliveryState(int rank) {
    this.rank = rank;
  }

  public int rank() {
    return rank;
  }

  public boolean isTerminal() {
    return this != PENDING;
  }
}
