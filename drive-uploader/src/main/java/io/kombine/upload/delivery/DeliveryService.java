package io.kombine.upload.delivery;

import io.kombine.contracts.DeliverFile;
import io.kombine.contracts.StepProblem;
import io.kombine.upload.drive.Drive;
import io.kombine.upload.drive.DriveOutcome;
import io.kombine.upload.tree.FolderService;
import io.kombine.upload.tree.TreeFolder;
import io.kombine.upload.tree.TreePath;
import io.kombine.upload.tree.UnsafePathException;
import io.kombine.worker.crash.CrashPoint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Puts files into the tree. However often, from however many uploaders and in whatever order a
 * delivery is asked for, its file is there once and the answers agree: the row of its path decides.
 *
 * <p>Every statement is committed before the next thing happens on the drive; never call it in a
 * transaction.
 */
@Service
public class DeliveryService {

  private static final DeliveryAnswer RACED =
      new DeliveryAnswer.Waiting(
          Duration.ofMillis(100), "Another uploader took the file to another epoch.");

  private final FileRepository files;
  private final FolderService folders;
  private final Drive drive;
  private final FileUpload upload;
  private final DeliveryEvents events;

  DeliveryService(
      FileRepository files,
      FolderService folders,
      Drive drive,
      FileUpload upload,
      DeliveryEvents events) {
    this.files = files;
    this.folders = folders;
    this.drive = drive;
    this.upload = upload;
    this.events = events;
  }

  /**
   * Delivers, or says what became of it before.
   *
   * @throws org.springframework.dao.DataAccessException when the database cannot be reached; asking
   *     again is harmless
   */
  public DeliveryAnswer deliver(DeliverFile file) {
    TreePath path;
    try {
      path = TreePath.of(file.batchFolder(), file.path());
    } catch (UnsafePathException e) {
      return events.failed(file, new StepProblem("input", String.valueOf(e.getMessage())));
    }
    Optional<FileRow> row = files.find(file.batchId(), path.text());
    return row.isPresent() ? meet(file, path, row.get()) : begin(file, path);
  }

  /** The record meets the row of its path. */
  private DeliveryAnswer meet(DeliverFile file, TreePath path, FileRow row) {
    if (!row.deliveryId().equals(file.deliveryId())) {
      return events.failed(
          file, new StepProblem("input", "Another delivery has the path " + path.text() + "."));
    }
    if (file.epoch() > row.epoch()) {
      Optional<FileRow> advanced = files.advance(row, file);
      return advanced.isPresent() ? meet(file, path, advanced.get()) : RACED;
    }
    if (file.epoch() < row.epoch() || row.state().isTerminal()) {
      return events.of(file, row);
    }
    return switch (folders.ensure(file.batchId(), path)) {
      case DriveOutcome.Done<TreeFolder>(TreeFolder folder) -> put(file, path, row, folder);
      case DriveOutcome.Wait<TreeFolder> wait -> waiting(wait);
      case DriveOutcome.Refused<TreeFolder>(String message) -> fail(file, row, message);
    };
  }

  /** Nobody has asked for the path yet: its id is recorded before anything is created. */
  private DeliveryAnswer begin(DeliverFile file, TreePath path) {
    return switch (drive.generateIds(List.of(path.names()))) {
      case DriveOutcome.Wait<List<String>> wait -> waiting(wait);
      case DriveOutcome.Refused<List<String>>(String message) ->
          events.failed(file, new StepProblem("rejected", message));
      case DriveOutcome.Done<List<String>>(List<String> ids) -> {
        Optional<FileRow> row =
            files
                .record(file, path.text(), ids.getFirst())
                .or(() -> files.find(file.batchId(), path.text()));
        CrashPoint.FILE_RECORDED.reached(file.deliveryId());
        yield row.isPresent()
            ? meet(file, path, row.get())
            : events.failed(
                file, new StepProblem("input", "Another batch has the path " + path.text() + "."));
      }
    };
  }

  private DeliveryAnswer put(DeliverFile file, TreePath path, FileRow row, TreeFolder folder) {
    return switch (upload.put(file, path, row, folder)) {
      case DriveOutcome.Wait<String> wait -> waiting(wait);
      case DriveOutcome.Refused<String>(String message) -> fail(file, row, message);
      case DriveOutcome.Done<String>(String url) -> {
        CrashPoint.FILE_UPLOADED.reached(file.deliveryId());
        yield settled(file, row, files.delivered(row, url, folder.batchFolderUrl()));
      }
    };
  }

  private DeliveryAnswer fail(DeliverFile file, FileRow row, String message) {
    return settled(file, row, files.failed(row, new StepProblem("rejected", message)));
  }

  /** Where another uploader, or a later epoch, was faster, the row as it is now answers. */
  private DeliveryAnswer settled(DeliverFile file, FileRow before, Optional<FileRow> settled) {
    settled.ifPresent(row -> events.count(row.state()));
    FileRow now =
        settled
            .or(() -> files.find(before.batchId(), before.path()))
            .orElseThrow(() -> new IllegalStateException("rows of files are never deleted"));
    return events.of(file, now);
  }

  private static DeliveryAnswer waiting(DriveOutcome.Wait<?> wait) {
    return new DeliveryAnswer.Waiting(wait.pause(), wait.message());
  }
}
