package io.kombine.upload.drive.google;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.services.drive.model.File;
import io.kombine.upload.drive.DriveOutcome;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder that the trees go into, looked at once, at start. */
final class RootFolder {

  private static final Logger log = LoggerFactory.getLogger(RootFolder.class);

  private RootFolder() {}

  /**
   * A drive that is away is no reason not to start: deliveries wait for it.
   *
   * @throws IllegalStateException with a sentence for operators, when Drive says that the folder or
   *     the credentials are wrong
   */
  static void check(GoogleDriveClient client, String id) {
    try {
      File folder = client.find(id);
      if (!GoogleDriveClient.FOLDER.equals(folder.getMimeType())
          || Boolean.TRUE.equals(folder.getTrashed())) {
        throw wrong(id, "is no folder, or in the trash");
      }
    } catch (GoogleJsonResponseException e) {
      if (e.getStatusCode() == 404) {
        throw wrong(id, "is not there for these credentials; share it with their account");
      }
      notNow(e);
    } catch (IOException e) {
      notNow(e);
    }
  }

  private static void notNow(IOException e) {
    if (GoogleDriveErrors.isRefusedToken(e)) {
      throw new IllegalStateException(
          "Google does not accept the credentials of kombine.drive.google.credentials-file.");
    }
    if (GoogleDriveErrors.outcome(e) instanceof DriveOutcome.Wait<?> wait) {
      log.warn("The drive's root folder cannot be looked at now: {}", wait.message());
    }
  }

  private static IllegalStateException wrong(String id, String why) {
    return new IllegalStateException(
        "kombine.drive.google.root-folder-id %s %s.".formatted(id, why));
  }
}
