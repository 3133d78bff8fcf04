package io.kombine.upload.delivery;

import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.DeliverFile;
import io.kombine.upload.drive.Drive;
import io.kombine.upload.drive.DriveOutcome;
import io.kombine.upload.drive.NewFile;
import io.kombine.upload.drive.UploadSession;
import io.kombine.upload.tree.TreeFolder;
import io.kombine.upload.tree.TreePath;
import io.kombine.worker.artifact.ArtifactNotFoundException;
import io.kombine.worker.artifact.ArtifactStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The way of one file's bytes from the artifact store to the drive. */
@Component
class FileUpload {

  private static final Logger log = LoggerFactory.getLogger(FileUpload.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final ArtifactStore artifacts;
  private final Drive drive;
  private final FileRepository files;

  FileUpload(ArtifactStore artifacts, Drive drive, FileRepository files) {
    this.artifacts = artifacts;
    this.drive = drive;
    this.files = files;
  }

  /**
   * @return the file's URL
   */
  DriveOutcome<String> put(DeliverFile file, TreePath path, FileRow row, TreeFolder folder) {
    ArtifactRef artifact = file.artifact();
    try {
      long size = artifacts.size(artifact.sha256());
      if (size != artifact.bytes()) {
        return new DriveOutcome.Refused<>(
            "The stored output has %d bytes, not %d.".formatted(size, artifact.bytes()));
      }
    } catch (ArtifactNotFoundException _) {
      return new DriveOutcome.Refused<>("The stored output " + artifact.sha256() + " is gone.");
    } catch (IOException e) {
      log.debug("Artifact {} cannot be read now", artifact.sha256(), e);
      return new DriveOutcome.Wait<>(PAUSE, "The artifact store cannot be read now.");
    }
    return drive.upload(
        new NewFile(
            row.driveId(),
            folder.driveId(),
            path.fileName(),
            artifact.mediaType(),
            artifact.bytes(),
            artifact.sha256(),
            Set.copyOf(row.earlierSha256())),
        offset ->
            artifacts.openRange(artifact.sha256(), offset, Math.max(0, artifact.bytes() - offset)),
        new RowSession(row));
  }

  /** The drive's notes, kept in the file's row as long as its epoch is under way. */
  private final class RowSession implements UploadSession {
    private final FileRow row;

    RowSession(FileRow row) {
      this.row = row;
    }

    @Override
    public Optional<String> find() {
      return files.findSession(row);
    }

    @Override
    public void keep(String text) {
      if (text.length() > MAX_CHARS) {
        throw new IllegalArgumentException("a session has at most " + MAX_CHARS + " characters");
      }
      files.keepSession(row, text);
    }
  }
}
