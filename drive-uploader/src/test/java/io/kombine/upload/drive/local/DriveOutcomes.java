package io.kombine.upload.drive.local;

import io.kombine.upload.drive.DriveOutcome;

/** Takes outcomes apart in tests. */
final class DriveOutcomes {

  private DriveOutcomes() {}

  static <T> T done(DriveOutcome<T> outcome) {
    return switch (outcome) {
      case DriveOutcome.Done<T>(T value) -> value;
      case DriveOutcome.Wait<T> wait -> throw new AssertionError(wait);
      case DriveOutcome.Refused<T> refused -> throw new AssertionError(refused);
    };
  }
}
