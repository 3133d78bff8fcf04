package io.kombine.batch.rebuild;

import java.util.List;
import java.util.UUID;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What a rebuild found.
 *
 * @param events how many it was made from
 * @param different steps whose state, epoch, cost, error, outputs or charges were not what plan and
 *     events say
 * @param written whether they are now
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Rebuilt(UUID batchId, int steps, int events, List<UUID> different, boolean written) {

  public Rebuilt {
    different = List.copyOf(different);
  }
}
