package io.kombine.system.soak.drive;

import io.kombine.local.process.StackException;
import io.kombine.local.process.StackProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Kills, pauses and starts processes, and starts again what has ended by itself, as whoever
 * operates the system would. Thread-safe.
 */
final class Processes implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final Map<String, Hand> hands = new HashMap<>();
  private final Map<String, Integer> kills = new TreeMap<>();
  private final Consumer<String> journal;
  private final Thread keeper;
  private int pauses;
  private int ends;
  private volatile boolean closed;

  /** What is known of one process; its lock serialises what is done to it. */
  private static final class Hand {
    final StackProcess process;
    Instant startAt = Instant.MIN;
    @Nullable Instant resumeAt;
    boolean expectedDown;

    Hand(StackProcess process) {
      this.process = process;
    }
  }

  Processes(List<StackProcess> processes, Consumer<String> journal) {
    processes.forEach(process -> hands.put(process.name(), new Hand(process)));
    this.journal = journal;
    this.keeper = Thread.ofPlatform().daemon().name("keeper").start(this::keep);
  }

  void kill(String name, Duration down) {
    Hand hand = hand(name);
    synchronized (hand) {
      hand.resumeAt = null;
      hand.expectedDown = true;
      hand.process.kill();
      hand.startAt = Instant.now().plus(down);
    }
    journal.accept("killed " + name);
    synchronized (kills) {
      kills.merge(name, 1, Integer::sum);
    }
  }

  void pause(String name, Duration length) {
    Hand hand = hand(name);
    synchronized (hand) {
      hand.process.suspend();
      hand.resumeAt = Instant.now().plus(length);
    }
    journal.accept("paused " + name + " for " + length);
    synchronized (kills) {
      pauses++;
    }
  }

  /** Ends all pauses, and waits until everything runs and is ready. */
  void awaitAllReady(Duration limit) {
    hands.values().forEach(Processes::resume);
    Instant deadline = Instant.now().plus(limit);
    List<String> missing = notReady();
    while (!missing.isEmpty()) {
      if (Instant.now().isAfter(deadline)) {
        throw new StackException(
            "%s did not get ready within %d s.".formatted(missing, limit.toSeconds()));
      }
      LockSupport.parkNanos(LOOK.toNanos());
      missing = notReady();
    }
  }

  private List<String> notReady() {
    List<String> missing = new ArrayList<>();
    hands.forEach((name, hand) -> {
      synchronized (hand) {
        if (!hand.process.isReady()) {
          missing.add(name);
        }
      }
    });
    return missing;
  }

  /** Kills so far, by process. */
  Map<String, Integer> kills() {
    synchronized (kills) {
      return new TreeMap<>(kills);
    }
  }

  int pauses() {
    synchronized (kills) {
      return pauses;
    }
  }

  /** How often a process has ended by itself, such as for want of a database at its start. */
  int ends() {
    synchronized (kills) {
      return ends;
    }
  }

  private Hand hand(String name) {
    Hand hand = hands.get(name);
    if (hand == null) {
      throw new IllegalArgumentException("There is no process " + name);
    }
    return hand;
  }

  private void keep() {
    while (!closed) {
      hands.values().forEach(this::lookAfter);
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private void lookAfter(Hand hand) {
    synchronized (hand) {
      Instant now = Instant.now();
      if (hand.resumeAt != null && now.isAfter(hand.resumeAt)) {
        resume(hand);
        journal.accept("resumed " + hand.process.name());
      }
      if (closed || hand.process.isAlive() || now.isBefore(hand.startAt)) {
        return;
      }
      if (!hand.expectedDown) {
        journal.accept(hand.process.name() + " has ended by itself");
        synchronized (kills) {
          ends++;
        }
      }
      try {
        hand.process.start();
        hand.expectedDown = false;
        journal.accept("started " + hand.process.name());
      } catch (StackException e) {
        // why again: the killed process's port is freed a moment later
        journal.accept("could not start " + hand.process.name() + ": " + e.getMessage());
        hand.startAt = now.plus(AFTER_FAILURE);
      }
    }
  }

  private static void resume(Hand hand) {
    synchronized (hand) {
      if (hand.resumeAt != null) {
        hand.resumeAt = null;
        hand.process.resume();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    hands.values().forEach(Processes::resume);
    try {
      keeper.join(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
