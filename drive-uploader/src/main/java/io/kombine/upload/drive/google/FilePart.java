package io.kombine.upload.drive.google;

import com.google.api.client.http.HttpContent;
import io.kombine.upload.drive.FileContent;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A stretch of a file's bytes, read while it is sent. */
record FilePart(FileContent content, long offset, long length) implements HttpContent {

  private static final int BUFFER_BYTES = 64 * 1024;

  @Override
  public long getLength() {
    return length;
  }

  @Override
  public String getType() {
    return "application/octet-stream";
  }

  @Override
  public boolean retrySupported() {
    return false;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long left = length;
    try (InputStream in = content.open(offset)) {
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          throw new EOFException("the stored output ends early");
        }
        out.write(buffer, 0, read);
        left -= read;
      }
    }
    out.flush();
  }
}
