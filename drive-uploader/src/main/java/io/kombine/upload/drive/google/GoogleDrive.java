package io.kombine.upload.drive.google;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.services.drive.model.File;
import io.kombine.upload.drive.Drive;
import io.kombine.upload.drive.DriveOutcome;
import io.kombine.upload.drive.FileContent;
import io.kombine.upload.drive.NewFile;
import io.kombine.upload.drive.NewFolder;
import io.kombine.upload.drive.UploadSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Google Drive as a drive. Ids are Drive's own, generated before anything is created under them;
 * creating under an id that exists is a conflict (409), and what exists then decides. Nothing is
 * ever looked for by name: names are not unique there, ids are.
 *
 * <p>A file's bytes are measured before they are sent, since Drive shows a file as soon as it has
 * all of them, and compared with what Drive measured afterwards.
 */
final class GoogleDrive implements Drive {

  private static final Logger log = LoggerFactory.getLogger(GoogleDrive.class);
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;

  private final GoogleDriveClient client;
  private final GeneratedIds ids;
  private final String rootId;
  private final long resumableFrom;
  private final long chunkBytes;

  GoogleDrive(GoogleDriveClient client, String rootId, long resumableFrom, long chunkBytes) {
    this.client = client;
    this.ids = new GeneratedIds(client);
    this.rootId = rootId;
    this.resumableFrom = resumableFrom;
    this.chunkBytes = chunkBytes;
  }

  @Override
  public DriveOutcome<List<String>> generateIds(List<List<String>> paths) {
    return answer("ids", () -> new DriveOutcome.Done<>(ids.take(paths.size())));
  }

  @Override
  public DriveOutcome<String> createFolder(NewFolder folder) {
    return answer(
        folder.id(),
        () -> {
          String parent = folder.parentId() == null ? rootId : folder.parentId();
          try {
            return done(client.createFolder(folder.id(), parent, folder.name()));
          } catch (GoogleJsonResponseException e) {
            return existing(
                e,
                folder.id(),
                there ->
                    GoogleDriveClient.FOLDER.equals(there.getMimeType())
                        ? done(there)
                        : refused("Something else than a folder has the id " + folder.id() + "."));
          }
        });
  }

  @Override
  public DriveOutcome<String> upload(NewFile file, FileContent content, UploadSession session) {
    return answer(
        file.id(),
        () ->
            file.bytes() < resumableFrom ? whole(file, content) : inParts(file, content, session));
  }

  /** In one request. */
  private DriveOutcome<String> whole(NewFile file, FileContent content) throws IOException {
    byte[] bytes;
    try (InputStream in = content.open(0)) {
      bytes = in.readNBytes((int) file.bytes() + 1);
    }
    if (bytes.length != file.bytes() || !hex(sha256().digest(bytes)).equals(file.sha256())) {
      return damaged(file);
    }
    try {
      return landed(file, client.create(file, bytes));
    } catch (GoogleJsonResponseException e) {
      return existing(e, file.id(), there -> meet(file, content, there, Optional.empty()));
    }
  }

  private DriveOutcome<String> inParts(NewFile file, FileContent content, UploadSession session)
      throws IOException {
    Optional<String> interrupted = session.find().filter(client::isOurs);
    try {
      if (interrupted.isPresent()) {
        Optional<File> finished = parts(interrupted.get(), file, content).resume();
        if (finished.isPresent()) {
          return landed(file, finished.get());
        }
      }
      if (!isWhole(file, content)) {
        return damaged(file);
      }
      String started = client.start(file, false);
      session.keep(started);
      return landed(file, parts(started, file, content).send());
    } catch (GoogleJsonResponseException e) {
      return existing(e, file.id(), there -> meet(file, content, there, Optional.of(session)));
    }
  }

  /** The id is taken: by this very file, by content that it replaces, or by something else. */
  private DriveOutcome<String> meet(
      NewFile file, FileContent content, File there, Optional<UploadSession> session)
      throws IOException {
    String sha256 = there.getSha256Checksum();
    if (sha256 == null && !GoogleDriveClient.FOLDER.equals(there.getMimeType())) {
      return unmeasured();
    }
    if (file.sha256().equals(sha256)) {
      return done(there);
    }
    if (!file.replaceable().contains(String.valueOf(sha256))) {
      return refused(
          "Something else has the place of '" + file.name() + "' already and is not replaced.");
    }
    if (!isWhole(file, content)) {
      return damaged(file);
    }
    String started = client.start(file, true);
    session.ifPresent(notes -> notes.keep(started));
    return landed(file, parts(started, file, content).send());
  }

  private ResumableUpload parts(String session, NewFile file, FileContent content) {
    return new ResumableUpload(client, session, file, content, chunkBytes);
  }

  private static DriveOutcome<String> landed(NewFile file, File there) {
    if (there.getSha256Checksum() == null) {
      return unmeasured();
    }
    return file.sha256().equals(there.getSha256Checksum())
        ? done(there)
        : refused("Google Drive has other bytes of '" + file.name() + "' than were sent.");
  }

  @FunctionalInterface
  private interface Meeting {
    DriveOutcome<String> with(File there) throws IOException;
  }

  /** Meets what exists under the id, where that is why a creation failed. */
  private DriveOutcome<String> existing(
      GoogleJsonResponseException failure, String id, Meeting meeting) throws IOException {
    if (failure.getStatusCode() != CONFLICT) {
      throw failure;
    }
    File there;
    try {
      there = client.find(id);
    } catch (GoogleJsonResponseException e) {
      if (e.getStatusCode() == NOT_FOUND) {
        // why a wait: what another uploader has just created may be seen a moment later
        return new DriveOutcome.Wait<>(
            GoogleDriveErrors.SOON, "Google Drive has the id " + id + " but does not show it.");
      }
      throw e;
    }
    return Boolean.TRUE.equals(there.getTrashed())
        ? refused("What has the id " + id + " lies in Google Drive's trash.")
        : meeting.with(there);
  }

  private static boolean isWhole(NewFile file, FileContent content) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(content.open(0), digest)) {
      long bytes = in.transferTo(OutputStream.nullOutputStream());
      return bytes == file.bytes() && hex(digest.digest()).equals(file.sha256());
    }
  }

  @FunctionalInterface
  private interface Request<T> {
    DriveOutcome<T> run() throws IOException;
  }

  private static <T> DriveOutcome<T> answer(String what, Request<T> request) {
    try {
      return request.run();
    } catch (IOException e) {
      DriveOutcome<T> outcome = GoogleDriveErrors.outcome(e);
      // why without the exception: its text may hold an upload session's address
      log.debug("A request for {}: {}", what, outcome);
      return outcome;
    }
  }

  private static DriveOutcome<String> done(File there) {
    String link = there.getWebViewLink();
    return new DriveOutcome.Done<>(
        link != null ? link : "https://drive.google.com/open?id=" + there.getId());
  }

  private static DriveOutcome<String> refused(String message) {
    return new DriveOutcome.Refused<>(message);
  }

  private static DriveOutcome<String> damaged(NewFile file) {
    return refused(
        "The stored output is damaged: its bytes have another SHA-256 than " + file.sha256());
  }

  private static DriveOutcome<String> unmeasured() {
    return new DriveOutcome.Wait<>(
        GoogleDriveErrors.SOON, "Google Drive has not measured the file yet.");
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
