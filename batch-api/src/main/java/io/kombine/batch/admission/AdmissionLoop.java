package io.kombine.batch.admission;

import io.kombine.batch.model.WorkSignal;
import io.kombine.batch.publish.Publisher;
import io.kombine.worker.WorkerIdentity;
import io.kombine.worker.crash.CrashPoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The one thread of this process that admits and publishes, while the process holds the lease. A
 * database or broker that does not answer is tried again after a growing pause of at most 5 s;
 * nothing is lost meanwhile, since the rows are the outbox.
 */
@Component
class AdmissionLoop implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(AdmissionLoop.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(5);

  private final AdmissionLease lease;
  private final ReusePass reuse;
  private final AdmissionPass pass;
  private final Sweeper sweeper;
  private final Housekeeping housekeeping;
  private final Publisher publisher;
  private final WorkSignal signal;
  private final AdmissionProperties properties;
  private final AdmissionMetrics metrics;
  private final WorkerIdentity identity;
  private final Clock clock;

  private volatile boolean running;
  private @Nullable Thread thread;
  private Instant sweptAt = Instant.MIN;
  private Instant leasedAt = Instant.MIN;

  AdmissionLoop(
      AdmissionLease lease,
      ReusePass reuse,
      AdmissionPass pass,
      Sweeper sweeper,
      Housekeeping housekeeping,
      Publisher publisher,
      WorkSignal signal,
      AdmissionProperties properties,
      AdmissionMetrics metrics,
      WorkerIdentity identity,
      Clock clock) {
    this.lease = lease;
    this.reuse = reuse;
    this.pass = pass;
    this.sweeper = sweeper;
    this.housekeeping = housekeeping;
    this.publisher = publisher;
    this.signal = signal;
    this.properties = properties;
    this.metrics = metrics;
    this.identity = identity;
    this.clock = clock;
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().name("admission").start(this::loop);
  }

  @Override
  public void stop() {
    running = false;
    signal.raise();
    Thread ending = thread;
    if (ending != null) {
      try {
        if (!ending.join(Duration.ofSeconds(10))) {
          ending.interrupt();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void loop() {
    Duration pause = FIRST_PAUSE;
    while (running) {
      try {
        boolean more = holdsLease() && round();
        pause = FIRST_PAUSE;
        if (!more) {
          signal.await(properties.interval());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        log.warn("Admission is tried again in {}: {}", pause, e.toString());
        log.debug("Cause", e);
        if (!waited(pause)) {
          return;
        }
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
      }
    }
    releaseLease();
  }

  private boolean holdsLease() {
    Instant now = clock.instant();
    if (leasedAt.isAfter(now.minus(properties.lease().dividedBy(3)))) {
      return true;
    }
    boolean held = lease.hold(identity.id(), properties.lease());
    leasedAt = held ? now : Instant.MIN;
    metrics.leaseHeld(held);
    return held;
  }

  private boolean round() throws InterruptedException {
    int admitted = reuse.run();
    admitted += pass.run();
    if (admitted > 0) {
      CrashPoint.ADMISSION_COMMITTED.reached("a pass");
    }
    boolean more = publisher.publish(properties.publishBatch());
    Instant now = clock.instant();
    if (sweptAt.isBefore(now.minus(SWEEP_INTERVAL))) {
      sweptAt = now;
      more |= sweeper.run() > 0;
      more |= publisher.forgetControls(properties.publishBatch()) > 0;
      housekeeping.run();
    }
    return more || admitted > 0;
  }

  private boolean waited(Duration pause) {
    try {
      signal.await(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void releaseLease() {
    try {
      lease.release(identity.id());
    } catch (RuntimeException e) {
      log.info("The admission lease runs out by itself: {}", e.toString());
    }
  }
}
