package io.kombine.upload.drive.google;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.auth.Retryable;
import io.kombine.upload.drive.DriveOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/**
 * What a request comes to that did not succeed. Of 403 and 429 the reason decides, never the status
 * alone. What Google's operator or Kombine's can mend is a wait.
 */
final class GoogleDriveErrors {

  static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATER = Duration.ofSeconds(30);

  /** Requests come too fast; the caller's pauses grow. */
  private static final Set<String> TOO_FAST =
      Set.of("userRateLimitExceeded", "rateLimitExceeded", "sharingRateLimitExceeded");

  private static final Set<String> FULL =
      Set.of(
          "storageQuotaExceeded",
          "teamDriveFileLimitExceeded",
          "activeItemCreationLimitExceeded",
          "dailyLimitExceeded",
          "quotaExceeded");

  /** Of the folder asked for: no waiting helps. */
  private static final Set<String> NEVER =
      Set.of("numChildrenInNonRootLimitExceeded", "teamDriveHierarchyTooDeep");

  private GoogleDriveErrors() {}

  static <T> DriveOutcome<T> outcome(IOException error) {
    if (error instanceof GoogleJsonResponseException answer) {
      return answered(answer.getStatusCode(), reason(answer));
    }
    if (isRefusedToken(error)) {
      return new DriveOutcome.Wait<>(LATER, "Google does not accept Kombine's credentials.");
    }
    return new DriveOutcome.Wait<>(
        SOON, "Google Drive cannot be reached: " + error.getClass().getSimpleName() + ".");
  }

  private static <T> DriveOutcome<T> answered(int status, String reason) {
    String said = reason.isEmpty() ? Integer.toString(status) : status + " " + reason;
    if (NEVER.contains(reason)) {
      return new DriveOutcome.Refused<>("Google Drive refuses: " + said + ".");
    }
    if (FULL.contains(reason)) {
      return new DriveOutcome.Wait<>(LATER, "Google Drive has no room left: " + said + ".");
    }
    if (status == 429 || TOO_FAST.contains(reason)) {
      return new DriveOutcome.Wait<>(SOON, "Google Drive is asked too often: " + said + ".");
    }
    if (status == 401 || status == 403) {
      return new DriveOutcome.Wait<>(LATER, "Google Drive does not let Kombine in: " + said + ".");
    }
    // why 409: a change of the same thing by somebody else at the same time
    if (status >= 500 || status == 408 || status == 409) {
      return new DriveOutcome.Wait<>(SOON, "Google Drive fails: " + said + ".");
    }
    return new DriveOutcome.Refused<>("Google Drive refuses: " + said + ".");
  }

  /** Whether Google has refused to give a token, and would do so again. */
  static boolean isRefusedToken(IOException error) {
    return error instanceof Retryable token && !token.isRetryable();
  }

  /** The first reason given, made of letters; empty where there is none. */
  static String reason(GoogleJsonResponseException answer) {
    GoogleJsonError details = answer.getDetails();
    if (details == null || details.getErrors() == null || details.getErrors().isEmpty()) {
      return "";
    }
    String reason = details.getErrors().getFirst().getReason();
    return reason != null && reason.matches("[A-Za-z]{1,60}") ? reason : "";
  }
}
