package io.kombine.upload.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells operators that deliveries wait, and why: one warning in {@link #INTERVAL}, since in an
 * outage thousands wait for hours; the others at debug level. Thread-safe.
 */
@Component
class WaitLog {

  static final Duration INTERVAL = Duration.ofSeconds(30);

  private static final Logger log = LoggerFactory.getLogger(WaitLog.class);

  private final Clock clock;
  private final AtomicReference<Instant> quietUntil = new AtomicReference<>(Instant.MIN);

  WaitLog(Clock clock) {
    this.clock = clock;
  }

  void tell(UUID deliveryId, Duration pause, String reason) {
    Instant now = clock.instant();
    Instant quiet = quietUntil.get();
    if (!now.isBefore(quiet) && quietUntil.compareAndSet(quiet, now.plus(INTERVAL))) {
      log.warn("Deliveries wait, such as {} for {}: {}", deliveryId, pause, reason);
    } else {
      log.debug("Delivery {} waits for {}: {}", deliveryId, pause, reason);
    }
  }
}
