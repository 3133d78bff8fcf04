package io.kombine.upload.drive.local;

import io.kombine.upload.drive.Drive;
import io.kombine.upload.drive.DriveOutcome;
import io.kombine.upload.drive.FileContent;
import io.kombine.upload.drive.NewFile;
import io.kombine.upload.drive.NewFolder;
import io.kombine.upload.drive.UploadSession;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of this machine, or mounted by it, as a drive. An id is the path below the folder, its
 * names joined by {@code /}; a URL is a {@code file:} one.
 *
 * <p>A file appears whole and stays: it is copied beside the trees, forced to the device, read back
 * and compared, then renamed. Trouble with the folder (gone, full, forbidden) is a wait, since its
 * operator can mend it; something else in the way is a refusal.
 */
final class LocalFolderDrive implements Drive {

  private static final Logger log = LoggerFactory.getLogger(LocalFolderDrive.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final DriveRoot root;
  private final long resumableFrom;

  private LocalFolderDrive(DriveRoot root, long resumableFrom) {
    this.root = root;
    this.resumableFrom = resumableFrom;
  }

  /**
   * Opens the drive and removes what earlier runs left unfinished.
   *
   * @throws IOException with a sentence for operators, when the folder cannot be used
   */
  static LocalFolderDrive open(Path directory, long resumableFrom, Instant leftoversBefore)
      throws IOException {
    try {
      Files.createDirectories(directory);
      DriveRoot root = new DriveRoot(directory);
      Leftovers.remove(root.incoming(), leftoversBefore);
      return new LocalFolderDrive(root, resumableFrom);
    } catch (IOException | DriveRefusedException e) {
      throw new IOException(
          "kombine.drive.local.directory %s cannot be used: %s".formatted(directory, e), e);
    }
  }

  @Override
  public DriveOutcome<List<String>> generateIds(List<List<String>> paths) {
    return new DriveOutcome.Done<>(paths.stream().map(path -> String.join("/", path)).toList());
  }

  @Override
  public DriveOutcome<String> createFolder(NewFolder folder) {
    return answer(
        folder.id(),
        () -> {
          root.folder(folder.id());
          return root.url(folder.id());
        });
  }

  @Override
  public DriveOutcome<String> upload(NewFile file, FileContent content, UploadSession session) {
    return answer(
        file.id(),
        () -> {
          Path folder = root.folderOf(file.id());
          Path target = DriveRoot.resolve(folder, DriveRoot.lastName(file.id()));
          if (!isThere(target, file)) {
            copy(file, content, session, target);
          }
          // why always: the uploader that came first may not have forced its rename yet
          DriveRoot.force(folder);
          return root.url(file.id());
        });
  }

  private void copy(NewFile file, FileContent content, UploadSession session, Path target)
      throws IOException, DriveRefusedException {
    Path incoming = root.incoming();
    Optional<PartFile> interrupted = interrupted(file, session, incoming);
    if (interrupted.isPresent() && finish(interrupted.get(), file, content, target)) {
      return;
    }
    PartFile part = PartFile.create(incoming);
    if (file.bytes() >= resumableFrom) {
      keep(part, session);
    }
    if (!finish(part, file, content, target)) {
      throw new DriveRefusedException(
          "The stored output is damaged: its bytes have another SHA-256 than " + file.sha256());
    }
  }

  private Optional<PartFile> interrupted(NewFile file, UploadSession session, Path incoming)
      throws IOException {
    Optional<String> name = file.bytes() >= resumableFrom ? session.find() : Optional.empty();
    return name.isPresent()
        ? PartFile.resume(incoming, name.get(), file.bytes())
        : Optional.empty();
  }

  private static void keep(PartFile part, UploadSession session) throws IOException {
    boolean kept = false;
    try {
      session.keep(part.name());
      kept = true;
    } finally {
      if (!kept) {
        part.close();
        part.discard();
      }
    }
  }

  /**
   * Completes a copy and gives it its name.
   *
   * @return false when its bytes turned out wrong; it is gone then
   */
  private boolean finish(PartFile started, NewFile file, FileContent content, Path target)
      throws IOException, DriveRefusedException {
    boolean keep = file.bytes() >= resumableFrom;
    try (PartFile part = started) {
      part.complete(content, file.bytes());
      // why: what was written is measured, not what was meant to be
      if (!FileDigest.matches(part.file(), file)) {
        keep = false;
        return false;
      }
      // why again: another uploader may have come first during the copy
      if (isThere(target, file)) {
        keep = false;
      } else {
        part.publish(target);
      }
      return true;
    } finally {
      if (!keep) {
        started.discard();
      }
    }
  }

  /** Whether the file is there already; fails when something else is that may not be replaced. */
  private static boolean isThere(Path target, NewFile file)
      throws IOException, DriveRefusedException {
    BasicFileAttributes attributes;
    try {
      attributes =
          Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException _) {
      return false;
    }
    if (!attributes.isRegularFile()) {
      throw new DriveRefusedException(
          "Something else than a file has the name '" + file.name() + "' already.");
    }
    String sha256 = FileDigest.of(target);
    if (sha256.equals(file.sha256())) {
      return true;
    }
    if (!file.replaceable().contains(sha256)) {
      throw new DriveRefusedException(
          "Another file has the name '" + file.name() + "' already and is not replaced.");
    }
    return false;
  }

  @FunctionalInterface
  private interface Request {
    String run() throws IOException, DriveRefusedException;
  }

  private static DriveOutcome<String> answer(String id, Request request) {
    try {
      return new DriveOutcome.Done<>(request.run());
    } catch (DriveRefusedException e) {
      return new DriveOutcome.Refused<>(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      log.debug("Drive cannot take {} now", id, e);
      return new DriveOutcome.Wait<>(PAUSE, reason(e));
    }
  }

  private static String reason(IOException e) {
    String what =
        e instanceof FileSystemException f && f.getReason() != null
            ? f.getReason()
            : e.getClass().getSimpleName().replaceAll("Exception$", "");
    return "The drive cannot take the file now: " + what + ".";
  }
}
