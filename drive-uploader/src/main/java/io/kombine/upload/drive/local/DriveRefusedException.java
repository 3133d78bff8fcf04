package io.kombine.upload.drive.local;

/** The folder's state or the name asked for rules the request out; the message is for users. */
final class DriveRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  DriveRefusedException(String message) {
    super(message);
  }

  DriveRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
