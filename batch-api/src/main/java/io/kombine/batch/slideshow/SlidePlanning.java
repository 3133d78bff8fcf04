package io.kombine.batch.slideshow;

import io.kombine.batch.slideshow.SlideAnswer.Found;
import io.kombine.batch.slideshow.SlideAnswer.Reason;
import io.kombine.batch.slideshow.SlideAnswer.Refused;
import io.kombine.batch.slideshow.SlideAnswer.Unreachable;
import io.kombine.batch.slideshow.SlideshowRows.Lookup;
import io.kombine.contracts.Ids;
import io.kombine.contracts.StepProblem;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks for the slides of links of {@code PLANNING} batches, some at once, and plans the batches
 * that have them all. What it does stands in the rows: a restart, or another process once the lease
 * has run out, goes on where this one stopped.
 */
@Component
class SlidePlanning implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(SlidePlanning.class);

  private static final Duration INTERVAL = Duration.ofMillis(500);

  /** How long lookups that go on may take at the end. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int PLANS_AT_ONCE = 20;
  private static final int MAX_DOUBLINGS = 10;

  private final SlideshowRows rows;
  private final List<SlideSource> sources;
  private final LatePlanning planning;
  private final SlideshowProperties properties;
  private final String owner = Ids.next().toString();
  private final Semaphore places;
  private final Semaphore signal = new Semaphore(0);

  private volatile boolean running;
  private @Nullable Thread thread;
  private @Nullable ExecutorService lookups;

  SlidePlanning(
      SlideshowRows rows,
      List<SlideSource> sources,
      LatePlanning planning,
      SlideshowProperties properties) {
    this.rows = rows;
    this.sources = List.copyOf(sources);
    this.planning = planning;
    this.properties = properties;
    this.places = new Semaphore(properties.lookups());
  }

  /** Says that there is something to look for, or that something was found. */
  void wake() {
    signal.release();
  }

  @Override
  public void start() {
    running = true;
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    lookups = threads;
    thread = Thread.ofPlatform().name("slide-planning").start(() -> loop(threads));
  }

  @Override
  public void stop() {
    running = false;
    Thread ending = thread;
    ExecutorService threads = lookups;
    if (ending == null || threads == null) {
      return;
    }
    wake();
    try {
      if (!ending.join(PATIENCE)) {
        ending.interrupt();
      }
      threads.shutdown();
      if (!threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
      rows.release(owner);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.info("The leases on links run out by themselves: {}", e.toString());
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void loop(ExecutorService threads) {
    long renewed = System.nanoTime();
    while (running) {
      try {
        if (System.nanoTime() - renewed > properties.lease().toNanos() / 3) {
          rows.renew(owner, properties.lease());
          renewed = System.nanoTime();
        }
        boolean more = look(threads);
        more |= plan();
        if (!more) {
          pause();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        log.warn("Slides are looked for again shortly: {}", e.toString());
        log.debug("Cause", e);
        if (!paused()) {
          return;
        }
      }
    }
  }

  /** Begins as many lookups as there are places; whether there may be more. */
  private boolean look(ExecutorService threads) {
    int free = places.drainPermits();
    List<Lookup> claimed = List.of();
    try {
      claimed = free == 0 ? List.of() : rows.claim(owner, free, properties.lease());
    } finally {
      places.release(free - claimed.size());
    }
    for (Lookup lookup : claimed) {
      // why none is refused: the executor ends after this thread has
      threads.execute(() -> {
        try {
          resolve(lookup);
        } finally {
          places.release();
          wake();
        }
      });
    }
    return !claimed.isEmpty();
  }

  private boolean plan() {
    boolean any = false;
    for (UUID batchId : rows.plannable(PLANS_AT_ONCE)) {
      try {
        planning.plan(batchId);
        any = true;
      } catch (RuntimeException e) {
        // why only this batch: the others have done nothing wrong
        log.warn("Batch {} could not be planned and is tried again: {}", batchId, e.toString());
        log.debug("Cause", e);
      }
    }
    return any;
  }

  private void resolve(Lookup lookup) {
    try {
      switch (answer(lookup)) {
        case Found found -> rows.found(owner, lookup, found);
        case Refused refused -> rows.failed(owner, lookup, refused.problem());
        case Unreachable unreachable -> again(lookup, unreachable.problem());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      log.warn(
          "Slides of link {} of batch {} are not there: {}",
          lookup.wanted().number(),
          lookup.batchId(),
          e.toString());
      log.debug("Cause", e);
      again(
          lookup,
          new StepProblem(Reason.UNREACHABLE.code(), "Its slides could not be stored or read."));
    }
  }

  private SlideAnswer answer(Lookup lookup) throws IOException, InterruptedException {
    for (SlideSource source : sources) {
      if (source.isFor(lookup.wanted())) {
        return source.resolve(lookup.wanted());
      }
    }
    return new Refused(Reason.UNSUPPORTED, "There is no way to the slides of such a link.");
  }

  private void again(Lookup lookup, StepProblem problem) {
    if (lookup.attempt() >= properties.attempts()) {
      rows.failed(owner, lookup, problem);
    } else {
      int doublings = Math.min(lookup.attempt() - 1, MAX_DOUBLINGS);
      rows.later(owner, lookup, properties.pause().multipliedBy(1L << doublings), problem);
    }
  }

  private void pause() throws InterruptedException {
    if (signal.tryAcquire(INTERVAL.toNanos(), TimeUnit.NANOSECONDS)) {
      signal.drainPermits();
    }
  }

  private boolean paused() {
    try {
      pause();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
