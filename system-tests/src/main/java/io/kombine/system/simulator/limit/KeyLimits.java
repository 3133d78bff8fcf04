package io.kombine.system.simulator.limit;

import io.kombine.system.simulator.limit.Admission.Admitted;
import io.kombine.system.simulator.limit.Admission.TooMany;
import io.kombine.system.simulator.limit.Admission.TooManyAtOnce;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/** One key's window and slots. Thread-safe: a call is measured and admitted in one step. */
final class KeyLimits {

  private final Clock clock;
  private final Supplier<LimitSettings> settings;
  private final SlidingWindow arrived = new SlidingWindow();
  private final SlidingWindow admitted = new SlidingWindow();
  private final PriorityQueue<Instant> kept = new PriorityQueue<>();
  private int inFlight;
  private int maxAtOnce;
  private long admittedCalls;
  private long tooMany;
  private long tooManyAtOnce;

  KeyLimits(Clock clock, Supplier<LimitSettings> settings) {
    this.clock = clock;
    this.settings = settings;
  }

  synchronized Admission admit(int weight, boolean takesSlot) {
    Instant now = clock.instant();
    LimitSettings limit = settings.get();
    long window = limit.windowMs();
    arrived.add(now, weight, window);
    if (admitted.sum(now, window) + weight > limit.requests()) {
      tooMany++;
      Instant fits = admitted.fits(now, weight, limit.requests(), window);
      return new TooMany(Duration.between(now, fits));
    }
    if (takesSlot && atOnce(now) >= limit.concurrency()) {
      tooManyAtOnce++;
      return new TooManyAtOnce();
    }
    admitted.add(now, weight, window);
    admittedCalls++;
    inFlight++;
    Slot slot = new Slot(this);
    if (takesSlot) {
      maxAtOnce = Math.max(maxAtOnce, atOnce(now));
    } else {
      slot.close();
    }
    return new Admitted(slot);
  }

  private int atOnce(Instant now) {
    while (!kept.isEmpty() && !kept.peek().isAfter(now)) {
      kept.poll();
    }
    return inFlight + kept.size();
  }

  synchronized void release(Instant end) {
    inFlight--;
    if (end.isAfter(clock.instant())) {
      kept.add(end);
    }
  }

  synchronized KeyStats stats(String vendor, String keyId) {
    LimitSettings limit = settings.get();
    return new KeyStats(
        vendor,
        keyId,
        admittedCalls,
        tooMany,
        tooManyAtOnce,
        maxAtOnce,
        atOnce(clock.instant()),
        admitted.maxSum(),
        arrived.maxSum(),
        limit.requests(),
        limit.windowMs(),
        limit.concurrency());
  }
}
