package io.kombine.gateway.status;

import io.kombine.contracts.StatusEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The batches that this replica follows, within its limits. An entry is there before its snapshot
 * is asked for, so that no event of it is missed. Thread-safe.
 */
@Component
final class WatchedBatches {

  private final ConcurrentHashMap<UUID, WatchedBatch> entries = new ConcurrentHashMap<>();
  private final AtomicInteger streams = new AtomicInteger();
  private final ReadPositions positions;
  private final StatusProperties properties;
  private final Clock clock;

  WatchedBatches(ReadPositions positions, StatusProperties properties, Clock clock) {
    this.positions = positions;
    this.properties = properties;
    this.clock = clock;
  }

  @Nullable WatchedBatch find(UUID batchId) {
    return entries.get(batchId);
  }

  /** The batch's entry, new if need be, keeping events; to be followed by {@link #endLoad}. */
  WatchedBatch beginLoad(UUID batchId) {
    Instant now = clock.instant();
    int partition = positions.partitionOf(batchId);
    WatchedBatch entry =
        entries.compute(
            batchId,
            (id, known) -> {
              WatchedBatch it =
                  known == null ? new WatchedBatch(id, partition, properties, now) : known;
              it.beginLoad();
              return it;
            });
    entry.touch(now);
    return entry;
  }

  /** Ends a load; an entry that has got no snapshot by then is dropped. */
  void endLoad(WatchedBatch entry) {
    entry.endLoad();
    entries.computeIfPresent(
        entry.batchId(),
        (id, known) -> known == entry && !known.isLive() && known.isEvictable() ? null : known);
    if (entry.isLive()) {
      makeRoom(entry);
    }
  }

  /** Opens a stream on an entry that is kept; empty if it was dropped meanwhile. */
  Optional<WatchedBatch> openStream(UUID batchId) {
    WatchedBatch[] opened = new WatchedBatch[1];
    entries.computeIfPresent(
        batchId,
        (id, known) -> {
          if (known.isLive()) {
            known.beginStream();
            opened[0] = known;
          }
          return known;
        });
    return Optional.ofNullable(opened[0]);
  }

  void closeStream(WatchedBatch entry) {
    entry.endStream(clock.instant());
  }

  /** Takes one of the places for streams; false if there is none. */
  boolean takeStreamPlace(int limit) {
    return streams.updateAndGet(n -> n < limit + 1 ? n + 1 : n) <= limit || giveBack();
  }

  private boolean giveBack() {
    streams.decrementAndGet();
    return false;
  }

  void freeStreamPlace() {
    streams.decrementAndGet();
  }

  /**
   * Applies an event to its batch.
   *
   * @return the batch, if it now needs a newer snapshot
   */
  Optional<WatchedBatch> apply(StatusEvent event, long offset) {
    WatchedBatch entry = entries.get(event.batchId());
    return entry != null && entry.apply(event, offset) ? Optional.of(entry) : Optional.empty();
  }

  boolean watches(UUID batchId) {
    return entries.containsKey(batchId);
  }

  Iterable<WatchedBatch> all() {
    return entries.values();
  }

  void drop(WatchedBatch entry) {
    entries.remove(entry.batchId(), entry);
    entry.close();
  }

  /** Drops what nobody has asked for in a while. */
  void evictIdle() {
    Instant oldest = clock.instant().minus(properties.idleAfter());
    for (WatchedBatch entry : entries.values()) {
      if (entry.lastAsked().isBefore(oldest)) {
        evict(entry);
      }
    }
  }

  /** Keeps the limits, at the cost of others first and of the entry itself last. */
  private synchronized void makeRoom(WatchedBatch entry) {
    while (isOverLimits()) {
      Optional<WatchedBatch> idlest =
          entries.values().stream()
              .filter(other -> other != entry && other.isLive() && other.isEvictable())
              .min(Comparator.comparing(WatchedBatch::lastAsked));
      if (idlest.isPresent()) {
        evict(idlest.get());
      } else {
        if (live() > 1) {
          evict(entry);
        }
        return;
      }
    }
  }

  private boolean isOverLimits() {
    return live() > properties.maxBatches() || (steps() > properties.maxSteps() && live() > 1);
  }

  private void evict(WatchedBatch entry) {
    entries.computeIfPresent(
        entry.batchId(), (id, known) -> known == entry && known.isEvictable() ? null : known);
  }

  long live() {
    return entries.values().stream().filter(WatchedBatch::isLive).count();
  }

  long steps() {
    return entries.values().stream().mapToLong(WatchedBatch::steps).sum();
  }

  int streams() {
    return streams.get();
  }
}
