package io.kombine.upload.drive.local;

import java.io.IOException;
import java.nio.file.Path;

/** Another uploader is writing this copy right now. */
final class PartFileBusyException extends IOException {

  private static final long serialVersionUID = 1L;

  PartFileBusyException(Path file) {
    super("another uploader is writing " + file.getFileName());
  }
}
