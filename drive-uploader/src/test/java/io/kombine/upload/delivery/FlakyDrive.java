package io.kombine.upload.delivery;

import io.kombine.upload.drive.Drive;
import io.kombine.upload.drive.DriveOutcome;
import io.kombine.upload.drive.FileContent;
import io.kombine.upload.drive.NewFile;
import io.kombine.upload.drive.NewFolder;
import io.kombine.upload.drive.UploadSession;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** The real drive, that can be away, and around whose calls an uploader can die. */
final class FlakyDrive implements Drive {

  /** Stands for the death of the process. */
  static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  enum Moment {
    BEFORE_FOLDER,
    AFTER_FOLDER,
    BEFORE_UPLOAD,
    AFTER_UPLOAD,
    NEVER
  }

  /** Over all uploaders of this JVM. */
  static final AtomicInteger UPLOADING = new AtomicInteger();

  static final AtomicInteger MOST_UPLOADING = new AtomicInteger();

  final AtomicReference<Moment> crashOnce = new AtomicReference<>(Moment.NEVER);
  final AtomicInteger uploads = new AtomicInteger();
  volatile boolean away;
  private final Drive drive;

  FlakyDrive(Drive drive) {
    this.drive = drive;
  }

  @Override
  public DriveOutcome<List<String>> generateIds(List<List<String>> paths) {
    return drive.generateIds(paths);
  }

  @Override
  public DriveOutcome<String> createFolder(NewFolder folder) {
    if (away) {
      return new DriveOutcome.Wait<>(Duration.ofMillis(1), "The drive is away.");
    }
    crashAt(Moment.BEFORE_FOLDER);
    DriveOutcome<String> outcome = drive.createFolder(folder);
    crashAt(Moment.AFTER_FOLDER);
    return outcome;
  }

  @Override
  public DriveOutcome<String> upload(NewFile file, FileContent content, UploadSession session) {
    if (away) {
      return new DriveOutcome.Wait<>(Duration.ofMillis(1), "The drive is away.");
    }
    crashAt(Moment.BEFORE_UPLOAD);
    MOST_UPLOADING.accumulateAndGet(UPLOADING.incrementAndGet(), Math::max);
    DriveOutcome<String> outcome;
    try {
      outcome = drive.upload(file, content, session);
    } finally {
      UPLOADING.decrementAndGet();
    }
    uploads.incrementAndGet();
    crashAt(Moment.AFTER_UPLOAD);
    return outcome;
  }

  private void crashAt(Moment moment) {
    if (crashOnce.compareAndSet(moment, Moment.NEVER)) {
      throw new Crash();
    }
  }
}
