package io.kombine.contracts;

import java.util.List;
import java.util.UUID;

/**
 * Where one output of a step goes in the folder tree, decided with the plan.
 *
 * @param deliveryId planned in advance, so that publishing it twice is harmless
 * @param outputIndex which output, from 0
 * @param path folder names from the batch's folder down, then the file's name; safe on every file
 *     system
 */
public record PlannedDelivery(UUID deliveryId, int outputIndex, List<String> path) {

  public PlannedDelivery {
    path = List.copyOf(path);
  }
}
