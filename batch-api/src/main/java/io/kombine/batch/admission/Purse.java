package io.kombine.batch.admission;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What each batch may still spend during one admission pass, whose transaction has locked the
 * batches. Not thread-safe.
 */
final class Purse {

  private final Map<UUID, BigDecimal> available = new HashMap<>();
  private final Set<UUID> refused = new HashSet<>();

  /** A batch with a limit; one that is never named has none. */
  void limit(UUID batchId, BigDecimal left) {
    available.put(batchId, left);
  }

  /** Takes the amount, if the batch has it. */
  boolean take(UUID batchId, BigDecimal amount) {
    BigDecimal left = available.get(batchId);
    if (left == null) {
      return true;
    }
    if (left.compareTo(amount) < 0) {
      refused.add(batchId);
      return false;
    }
    available.put(batchId, left.subtract(amount));
    return true;
  }

  /** Batches that were refused something. */
  Set<UUID> refused() {
    return Set.copyOf(refused);
  }

  /** What a batch with a limit has left. */
  BigDecimal left(UUID batchId) {
    return available.getOrDefault(batchId, BigDecimal.ZERO);
  }
}
