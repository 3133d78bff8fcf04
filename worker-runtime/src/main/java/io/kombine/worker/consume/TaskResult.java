package io.kombine.worker.consume;

import java.time.Duration;

/** What becomes of a record. */
public sealed interface TaskResult {
  /** Everything that follows from it is acknowledged: its offset may be committed. */
  record Finished() implements TaskResult {}

  /** It waits without a permit and is handled again; a drain hands it back unfinished. */
  record Park(Duration pause) implements TaskResult {}

  static TaskResult finished() {
    return new Finished();
  }

  static TaskResult park(Duration pause) {
    return new Park(pause);
  }
}
