package io.kombine.upload.drive;

import java.time.Duration;

/**
 * What became of a request to a drive.
 *
 * @param <T> the answer where there is one
 */
public sealed interface DriveOutcome<T> {

  /** It is done, now or earlier. */
  record Done<T>(T value) implements DriveOutcome<T> {}

  /**
   * Not now: the drive is away, full or busy, or its operator has to act. Asking again may help.
   *
   * @param pause the least time until then; the caller may wait longer
   * @param message for operators and users: one sentence without secrets
   */
  record Wait<T>(Duration pause, String message) implements DriveOutcome<T> {
    /** The same for a request with another kind of answer. */
    public <U> Wait<U> as() {
      return new Wait<>(pause, message);
    }
  }

  /**
   * Never, as it was asked.
   *
   * @param message for users: one sentence without secrets
   */
  record Refused<T>(String message) implements DriveOutcome<T> {
    /** The same for a request with another kind of answer. */
    public <U> Refused<U> as() {
      return new Refused<>(message);
    }
  }
}
