package io.kombine.upload.delivery;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * How long a delivery waits before it is tried again: from 1 s doubling to 60 s, half of it by
 * chance so that those who wait together do not come back together; never fewer than the drive asks
 * for. Remembers the 20,000 deliveries that waited last; an older one begins anew. Thread-safe.
 */
final class GrowingPauses {

  static final int MAX_REMEMBERED = 20_000;
  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofSeconds(60);

  private static final int DOUBLINGS = 6;

  private final RandomGenerator random;
  private final Map<UUID, Integer> waits =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Integer> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  GrowingPauses(RandomGenerator random) {
    this.random = random;
  }

  /** The delivery has to wait once more. */
  synchronized Duration next(UUID deliveryId, Duration atLeast) {
    int before = waits.merge(deliveryId, 1, Integer::sum) - 1;
    long full = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(before, DOUBLINGS));
    Duration pause = Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    return pause.compareTo(atLeast) < 0 ? atLeast : pause;
  }

  /** How often the delivery has waited since it was last forgotten. */
  synchronized int waits(UUID deliveryId) {
    return waits.getOrDefault(deliveryId, 0);
  }

  /** The delivery has ended. */
  synchronized void forget(UUID deliveryId) {
    waits.remove(deliveryId);
  }
}
