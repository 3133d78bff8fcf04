package io.kombine.batch.ledger;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The last entry of a page: its time, its step, its epoch, in the order of the ledger. */
record LedgerCursor(Instant time, UUID stepId, int epoch) {

  /** Before every entry. */
  static final LedgerCursor START = new LedgerCursor(Instant.EPOCH, new UUID(0, 0), 0);

  static LedgerCursor after(LedgerEntry entry) {
    return new LedgerCursor(entry.time(), entry.stepId(), entry.epoch());
  }

  static Optional<LedgerCursor> parse(String text) {
    String[] parts = text.split("_", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new LedgerCursor(
              Instant.parse(parts[0]), UUID.fromString(parts[1]), Integer.parseInt(parts[2])));
    } catch (DateTimeException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return time + "_" + stepId + "_" + epoch;
  }
}
