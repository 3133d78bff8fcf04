package io.kombine.batch.admission;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What each batch and each owner may still spend during one admission pass, whose transaction has
 * locked the batches and the owners' records. Not thread-safe.
 */
final class Purse {

  private final Map<UUID, BigDecimal> ofBatch = new HashMap<>();
  private final Map<String, BigDecimal> ofOwner = new HashMap<>();
  private final Map<UUID, String> owners = new HashMap<>();
  private final Set<String> calls = new HashSet<>();
  private final Set<UUID> refused = new HashSet<>();

  /** A batch with a limit; one that is never named has none of its own. */
  void limit(UUID batchId, BigDecimal left) {
    ofBatch.put(batchId, left);
  }

  /** An owner with a budget. */
  void limitOwner(String owner, BigDecimal left) {
    ofOwner.put(owner, left);
  }

  /** Says out of whose budget a batch is paid; one that is never named is paid out of none. */
  void belongs(UUID batchId, String owner) {
    owners.put(batchId, owner);
  }

  /** Takes what a step needs, unless its call is made for an equal one already. */
  boolean take(Candidate candidate) {
    String shared = candidate.shared();
    if (shared != null && calls.contains(shared)) {
      return false;
    }
    if (!take(candidate.batchId(), candidate.need())) {
      return false;
    }
    if (shared != null) {
      calls.add(shared);
    }
    return true;
  }

  /** Takes the amount, if both the batch and its owner have it. */
  boolean take(UUID batchId, BigDecimal amount) {
    BigDecimal left = left(batchId);
    if (left == null) {
      return true;
    }
    if (left.compareTo(amount) < 0) {
      refused.add(batchId);
      return false;
    }
    ofBatch.computeIfPresent(batchId, (id, own) -> own.subtract(amount));
    String owner = owners.get(batchId);
    if (owner != null) {
      ofOwner.computeIfPresent(owner, (name, budget) -> budget.subtract(amount));
    }
    return true;
  }

  /** Batches that were refused something. */
  Set<UUID> refused() {
    return Set.copyOf(refused);
  }

  /** What a batch can spend: the less of its own and its owner's; null where neither is limited. */
  @Nullable BigDecimal left(UUID batchId) {
    BigDecimal own = ofBatch.get(batchId);
    String owner = owners.get(batchId);
    BigDecimal budget = owner == null ? null : ofOwner.get(owner);
    if (own == null || budget == null) {
      return own == null ? budget : own;
    }
    return own.min(budget);
  }
}
