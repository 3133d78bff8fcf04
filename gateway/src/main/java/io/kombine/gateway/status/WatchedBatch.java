package io.kombine.gateway.status;

import io.kombine.contracts.BatchSnapshot;
import io.kombine.contracts.BatchView;
import io.kombine.contracts.StatusEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One batch that somebody asked for: its events are buffered while a snapshot is on the way, merged
 * into it when it comes, and applied as they come afterwards. Thread-safe; every method holds the
 * batch's own lock and does no I/O under it.
 */
final class WatchedBatch {

  private static final int MAX_KEYS = 64;

  private final UUID batchId;
  private final int partition;
  private final StatusProperties properties;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Instant> permissions = new LinkedHashMap<>(16, 0.75f, true);

  private @Nullable BatchProjection projection;
  private ChangeRing ring;
  private long through;
  private int generation;
  private @Nullable List<Positioned> buffer;
  private long bufferedFrom;
  private int loads;
  private int streams;
  private boolean stale;
  private boolean closed;
  private Instant lastAsked;

  WatchedBatch(UUID batchId, int partition, StatusProperties properties, Instant now) {
    this.batchId = batchId;
    this.partition = partition;
    this.properties = properties;
    this.lastAsked = now;
    this.ring = new ChangeRing(properties.resumableChanges(), 0);
  }

  UUID batchId() {
    return batchId;
  }

  int partition() {
    return partition;
  }

  /** From now on events are kept for a snapshot; to be followed by {@link #endLoad}. */
  void beginLoad() {
    locked(() -> {
      if (loads++ == 0) {
        buffer = new ArrayList<>();
        bufferedFrom = 0;
      }
    });
  }

  void endLoad() {
    locked(() -> {
      if (--loads == 0) {
        buffer = null;
      }
    });
  }

  /**
   * Takes a snapshot that was asked for after {@link #beginLoad}, and all events since.
   *
   * @return false if too many came to be kept; one from this replica's position on is needed
   */
  boolean install(BatchSnapshot snapshot) {
    lock.lock();
    try {
      if (buffer == null || snapshot.nextOffset() < bufferedFrom) {
        return false;
      }
      projection = new BatchProjection(snapshot);
      ring = new ChangeRing(properties.resumableChanges(), snapshot.nextOffset());
      through = snapshot.nextOffset() - 1;
      stale = false;
      generation++;
      for (Positioned kept : buffer) {
        merge(projection, snapshot.nextOffset(), kept);
      }
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Applies one event of this batch.
   *
   * @return whether it showed that a newer snapshot is needed
   */
  boolean apply(StatusEvent event, long offset) {
    lock.lock();
    try {
      Positioned read = new Positioned(event, offset);
      if (buffer != null) {
        if (buffer.size() < properties.maxBufferedEvents()) {
          buffer.add(read);
        } else {
          buffer.clear();
          bufferedFrom = offset + 1;
        }
      }
      if (projection == null) {
        return false;
      }
      boolean wasStale = stale;
      if (merge(projection, 0, read)) {
        changed.signalAll();
      }
      return stale && !wasStale;
    } finally {
      lock.unlock();
    }
  }

  private boolean merge(BatchProjection into, long coveredBelow, Positioned read) {
    return switch (into.apply(read.event())) {
      case IRRELEVANT -> false;
      case NEEDS_SNAPSHOT -> {
        // why the condition: what a snapshot covers already it cannot lack
        stale |= read.offset() >= coveredBelow;
        yield false;
      }
      case MENTIONED -> {
        if (read.offset() >= coveredBelow) {
          ring.add(read.offset(), BatchProjection.mentioned(read.event()));
          through = Math.max(through, read.offset());
        }
        yield true;
      }
    };
  }

  /** Events were lost: what is here is right but old, and a newer snapshot is needed. */
  void lostEvents() {
    locked(() -> stale = true);
  }

  boolean isLive() {
    return lockedGet(() -> projection != null);
  }

  boolean isStale() {
    return lockedGet(() -> stale && projection != null);
  }

  int steps() {
    return lockedGet(() -> projection == null ? 0 : projection.size());
  }

  /** The status now; only of a live batch. */
  BatchView document() {
    return lockedGet(() -> live().document());
  }

  void permit(@Nullable String key, Instant until) {
    locked(() -> {
      permissions.put(orNone(key), until);
      if (permissions.size() > MAX_KEYS) {
        permissions.remove(permissions.keySet().iterator().next());
      }
    });
  }

  void forbid(@Nullable String key) {
    locked(() -> permissions.remove(orNone(key)));
  }

  /** Until when the key may read the batch; empty if it was never shown to it. */
  @Nullable Instant permittedUntil(@Nullable String key) {
    return lockedGet(() -> permissions.get(orNone(key)));
  }

  /** A key that may read the batch, the one used last. */
  @Nullable String someKey() {
    return lockedGet(() -> {
      String last = null;
      for (String key : permissions.keySet()) {
        last = key;
      }
      return last == null || last.isEmpty() ? null : last;
    });
  }

  void touch(Instant now) {
    locked(() -> lastAsked = now);
  }

  Instant lastAsked() {
    return lockedGet(() -> lastAsked);
  }

  boolean isEvictable() {
    return lockedGet(() -> streams == 0 && loads == 0);
  }

  void beginStream() {
    locked(() -> streams++);
  }

  void endStream(Instant now) {
    locked(() -> {
      streams--;
      lastAsked = now;
    });
  }

  /** Ends all streams of the batch. */
  void close() {
    locked(() -> {
      closed = true;
      changed.signalAll();
    });
  }

  /** Where a client stands that has seen everything up to {@code seen}. */
  StreamCursor resume(EventPosition seen) {
    return lockedGet(() ->
        seen.partition() == partition && ring.coversFrom(seen.offset() + 1)
            ? new StreamCursor(generation, seen.offset())
            : StreamCursor.NOWHERE);
  }

  /** Waits at most {@code limit} until there is something to tell at the cursor. */
  void awaitChange(StreamCursor cursor, Duration limit) throws InterruptedException {
    lock.lock();
    try {
      long nanos = limit.toNanos();
      while (!closed && cursor.generation() == generation && through <= cursor.offset()) {
        if (nanos <= 0) {
          return;
        }
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits out the time in which changes are folded, unless the streams are ended meanwhile. */
  void awaitFold(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** What is to be told to a client at the cursor. */
  StreamUpdate updateFrom(StreamCursor cursor) {
    return lockedGet(() -> {
      BatchProjection now = live();
      if (closed) {
        return new StreamUpdate.Closed();
      }
      EventPosition id = new EventPosition(partition, Math.max(through, cursor.offset()));
      if (cursor.generation() != generation) {
        return new StreamUpdate.Snapshot(
            new EventPosition(partition, through),
            new StreamCursor(generation, through),
            new StatusSnapshot(
                now.document(), now.allSteps().stream().map(StepChange::of).toList()),
            now.isDone());
      }
      if (through <= cursor.offset()) {
        return new StreamUpdate.Nothing(id, now.document(), now.isDone());
      }
      if (!ring.coversFrom(cursor.offset() + 1)) {
        return new StreamUpdate.Closed();
      }
      List<StepChange> steps =
          ring.stepsFrom(cursor.offset() + 1).stream()
              .mapToObj(ordinal -> StepChange.of(now.step(ordinal)))
              .toList();
      BatchView document = now.document();
      return new StreamUpdate.Delta(
          id,
          new StreamCursor(generation, through),
          document,
          StatusDelta.of(document, steps),
          now.isDone());
    });
  }

  private BatchProjection live() {
    if (projection == null) {
      throw new IllegalStateException("batch " + batchId + " has no snapshot yet");
    }
    return projection;
  }

  private static String orNone(@Nullable String key) {
    return key == null ? "" : key;
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  private <T extends @Nullable Object> T lockedGet(java.util.function.Supplier<T> query) {
    lock.lock();
    try {
      return query.get();
    } finally {
      lock.unlock();
    }
  }

  private record Positioned(StatusEvent event, long offset) {}
}
