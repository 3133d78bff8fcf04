package io.kombine.worker.step;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Keeps trying what must not be given up once a call has begun: the store or the database is away,
 * and what was paid for is in this process's hands alone. Pauses grow from 100 ms to 5 s; it ends
 * with success or with the process. Meanwhile permit and slot stay taken, so no further call piles
 * up.
 */
final class Persistence {

  private static final Logger log = LoggerFactory.getLogger(Persistence.class);

  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private Persistence() {}

  /** Something that fails while what it needs is away. */
  @FunctionalInterface
  interface Attempt<T> {
    T make() throws IOException;
  }

  static <T> T until(String what, Attempt<T> attempt) throws InterruptedException {
    Duration pause = FIRST;
    while (true) {
      try {
        return attempt.make();
      } catch (IOException | DataAccessException e) {
        log.warn("{} is tried again in {}: {}", what, pause, e.toString());
        Thread.sleep(pause);
        pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
      }
    }
  }
}
