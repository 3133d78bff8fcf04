package io.kombine.gateway.status;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Finds a batch's status for a key: from the projection if the key may read the batch, else by a
 * snapshot asked for with that key. Waits are bounded by {@code snapshot-timeout}. Thread-safe;
 * blocks the calling virtual thread.
 */
@Component
final class StatusService {

  private static final Logger log = LoggerFactory.getLogger(StatusService.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(320);
  private static final Duration REFRESH_PAUSE = Duration.ofSeconds(1);

  private final WatchedBatches batches;
  private final ReadPositions positions;
  private final Snapshots snapshots;
  private final StatusProperties properties;
  private final Clock clock;
  private final ConcurrentHashMap<WatchedBatch, Boolean> refreshing = new ConcurrentHashMap<>();

  StatusService(
      WatchedBatches batches,
      ReadPositions positions,
      Snapshots snapshots,
      StatusProperties properties,
      Clock clock) {
    this.batches = batches;
    this.positions = positions;
    this.snapshots = snapshots;
    this.properties = properties;
    this.clock = clock;
  }

  /** The batch for a key, live. */
  Lookup look(UUID batchId, @Nullable String key) {
    Instant now = clock.instant();
    WatchedBatch known = batches.find(batchId);
    Instant permitted = known == null ? null : known.permittedUntil(key);
    if (known != null && permitted != null && known.isLive() && now.isBefore(permitted)) {
      known.touch(now);
      return new Lookup.Found(known);
    }
    try {
      Lookup answer = load(batchId, key);
      if (answer instanceof Lookup.Unavailable && known != null && permitted != null) {
        // why: while batch-api is away its last word about the key holds
        return known.isLive() ? new Lookup.Found(known) : answer;
      }
      return answer;
    } catch (ReadPositions.NotReadyException e) {
      return new Lookup.Unavailable("The gateway is not following the batches yet.");
    }
  }

  private Lookup load(UUID batchId, @Nullable String key) {
    long deadline = System.nanoTime() + properties.snapshotTimeout().toNanos();
    WatchedBatch entry = batches.beginLoad(batchId);
    try {
      long minOffset = positions.of(entry.partition());
      Duration pause = FIRST_PAUSE;
      while (true) {
        SnapshotAnswer answer = snapshots.ask(batchId, minOffset, key);
        switch (answer) {
          case SnapshotAnswer.Found(var snapshot) -> {
            if (snapshot.partition() != entry.partition()) {
              log.error(
                  "batch-api keeps batch {} in partition {} of step.events, the gateway in {}",
                  batchId,
                  snapshot.partition(),
                  entry.partition());
              return new Lookup.Unavailable("The services disagree on where its events are.");
            }
            boolean needed = !entry.isLive() || entry.isStale();
            if (snapshot.nextOffset() >= minOffset && (!needed || entry.install(snapshot))) {
              entry.permit(key, clock.instant().plus(properties.permissionTtl()));
              refreshIfStale(entry);
              return new Lookup.Found(entry);
            }
            minOffset = positions.of(entry.partition());
          }
          case SnapshotAnswer.Unknown unknown -> {
            entry.forbid(key);
            return new Lookup.Unknown();
          }
          case SnapshotAnswer.Refused refused -> {
            entry.forbid(key);
            return new Lookup.Refused(refused.status(), refused.problem());
          }
          case SnapshotAnswer.Unavailable(String detail) -> {
            return new Lookup.Unavailable(detail);
          }
          case SnapshotAnswer.Behind behind -> log.debug("batch-api is behind {}", minOffset);
        }
        if (System.nanoTime() + pause.toNanos() > deadline || !pausedFor(pause)) {
          return new Lookup.Unavailable(
              "The service that keeps the batches has not caught up with them.");
        }
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
      }
    } finally {
      batches.endLoad(entry);
    }
  }

  /** Gets a newer snapshot of a batch whose events told that one is needed; returns at once. */
  void refreshIfStale(WatchedBatch entry) {
    if (entry.isStale() && refreshing.putIfAbsent(entry, true) == null) {
      Thread.ofVirtual().name("refresh-" + entry.batchId()).start(() -> refresh(entry));
    }
  }

  private void refresh(WatchedBatch entry) {
    try {
      while (entry.isStale() && batches.find(entry.batchId()) == entry) {
        Lookup answer = loadOrExplain(entry);
        if (answer instanceof Lookup.Unknown || answer instanceof Lookup.Refused) {
          batches.drop(entry);
          return;
        }
        if (entry.isStale() && !pausedFor(REFRESH_PAUSE)) {
          return;
        }
      }
    } finally {
      refreshing.remove(entry);
    }
    // why again: it may have become stale between the last look and the removal
    if (batches.find(entry.batchId()) == entry) {
      refreshIfStale(entry);
    }
  }

  private Lookup loadOrExplain(WatchedBatch entry) {
    try {
      return load(entry.batchId(), entry.someKey());
    } catch (ReadPositions.NotReadyException e) {
      return new Lookup.Unavailable("The gateway is not following the batches yet.");
    }
  }

  private static boolean pausedFor(Duration pause) {
    try {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What became of a search for a batch. */
  sealed interface Lookup {

    record Found(WatchedBatch batch) implements Lookup {}

    record Unknown() implements Lookup {}

    record Refused(int status, byte[] problem) implements Lookup {}

    record Unavailable(String detail) implements Lookup {}
  }
}
