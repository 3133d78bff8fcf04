package io.kombine.batch.admission;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.UUID;

/**
 * What a batch has of a stage already.
 *
 * @param inFlight cost of its steps queued, running and granted there
 * @param served how many of its steps went there so far
 */
record Share(UUID batchId, BigDecimal inFlight, long served) {

  /** Who gets the next place: least cost in flight, then least served, then oldest. */
  static final Comparator<Share> NEXT =
      Comparator.comparing(Share::inFlight)
          .thenComparing(Share::served)
          // why: ids are UUIDv7, and their text orders by time where UUID.compareTo, which is
          // signed, may not
          .thenComparing(share -> share.batchId().toString());

  Share with(Candidate picked) {
    return new Share(batchId, inFlight.add(picked.cost()), served + 1);
  }
}
