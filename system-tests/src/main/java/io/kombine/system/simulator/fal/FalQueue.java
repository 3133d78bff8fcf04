package io.kombine.system.simulator.fal;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;

/**
 * Requests of all keys: so many of a key's are in progress at once, the others wait in their order.
 * States follow from the time, and are worked out whenever somebody asks. Thread-safe. Remembers at
 * most {@value #MAX_TASKS} requests, of which the oldest are forgotten, and {@value #MAX_WAITING}
 * waiting ones of a key, beyond which none is taken.
 */
final class FalQueue {

  static final int MAX_TASKS = 200_000;
  static final int MAX_WAITING = 10_000;

  private final Clock clock;
  private final IntSupplier concurrency;
  private final Map<String, FalTask> tasks = new LinkedHashMap<>();
  private final Map<String, Line> lines = new HashMap<>();

  private static final class Line {
    final Deque<FalTask> waiting = new ArrayDeque<>();
    final PriorityQueue<FalTask> running =
        new PriorityQueue<>(
            Comparator.comparing((FalTask task) -> Objects.requireNonNull(task.ends)));
    Instant free = Instant.MIN;
    int maxRunning;
  }

  FalQueue(Clock clock, IntSupplier concurrency) {
    this.clock = clock;
    this.concurrency = concurrency;
  }

  synchronized boolean isFull(String keyId) {
    return line(keyId).waiting.size() >= MAX_WAITING;
  }

  synchronized void add(FalTask task) {
    tasks.put(task.id, task);
    line(task.keyId).waiting.addLast(task);
    advance(line(task.keyId));
    if (tasks.size() > MAX_TASKS) {
      Iterator<FalTask> oldest = tasks.values().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /** Reads from the key's request as it is now. */
  synchronized <T> Optional<T> read(String keyId, String id, Function<FalTask, T> reader) {
    advance(line(keyId));
    return Optional.ofNullable(tasks.get(id)).filter(task -> task.keyId.equals(keyId)).map(reader);
  }

  /** How many wait before it. */
  synchronized int position(FalTask wanted) {
    int position = 0;
    for (FalTask task : line(wanted.keyId).waiting) {
      if (task == wanted) {
        return position;
      }
      position++;
    }
    return 0;
  }

  /** Takes it out of the queue; says whether it still waited there. */
  synchronized boolean cancel(FalTask task) {
    if (line(task.keyId).waiting.remove(task)) {
      task.state = FalTask.State.CANCELLED;
      return true;
    }
    return false;
  }

  /** Most of any key that were ever in progress at once. */
  synchronized int maxRunning() {
    ToIntFunction<Line> max = line -> line.maxRunning;
    return lines.values().stream().mapToInt(max).max().orElse(0);
  }

  private Line line(String keyId) {
    return lines.computeIfAbsent(keyId, _ -> new Line());
  }

  private void advance(Line line) {
    Instant now = clock.instant();
    while (true) {
      if (line.running.size() < concurrency.getAsInt() && !line.waiting.isEmpty()) {
        FalTask next = line.waiting.removeFirst();
        Instant start = next.submitted.isAfter(line.free) ? next.submitted : line.free;
        next.ends = start.plus(next.work);
        next.state = FalTask.State.IN_PROGRESS;
        line.running.add(next);
        line.maxRunning = Math.max(line.maxRunning, line.running.size());
        continue;
      }
      FalTask first = line.running.peek();
      if (first == null || first.ends == null || first.ends.isAfter(now)) {
        return;
      }
      line.running.remove();
      line.free = first.ends;
      first.state = FalTask.State.COMPLETED;
    }
  }

  synchronized void clear() {
    tasks.clear();
    lines.clear();
  }
}
