package io.kombine.batch.delivery;

import io.kombine.contracts.DeliveryState;
import java.util.UUID;

/** Where a delivery stands, as it was read. */
record DeliveryRow(
    UUID deliveryId, UUID batchId, boolean manifest, int epoch, DeliveryState state) {

  /** Whether a report of this place is later than what is known. */
  boolean isBefore(int otherEpoch, DeliveryState other) {
    return epoch != otherEpoch ? epoch < otherEpoch : state.rank() < other.rank();
  }

  DeliveryRow at(int newEpoch, DeliveryState newState) {
    return new DeliveryRow(deliveryId, batchId, manifest, newEpoch, newState);
  }
}
