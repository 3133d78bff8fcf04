package io.kombine.upload.drive;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a file to upload; they never change, so an upload can go on where it stopped. */
@FunctionalInterface
public interface FileContent {

  /** Opens the bytes from an offset on; the caller closes the stream. */
  InputStream open(long offset) throws IOException;
}
