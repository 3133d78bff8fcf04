package io.kombine.batch.ledger;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose entries, and which of them.
 *
 * @param batchId of one batch; null for all of the owner's
 * @param day of one day in UTC; null for all days
 */
public record LedgerScope(String owner, @Nullable UUID batchId, @Nullable LocalDate day) {

  public static LedgerScope ofBatch(String owner, UUID batchId) {
    return new LedgerScope(owner, batchId, null);
  }

  public static LedgerScope ofDay(String owner, LocalDate day) {
    return new LedgerScope(owner, null, day);
  }
}
