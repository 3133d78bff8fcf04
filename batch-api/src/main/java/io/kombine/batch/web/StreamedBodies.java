package io.kombine.batch.web;

import io.kombine.batch.problem.web.BodyTooLargeException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bodies that are files rather than JSON: larger than {@link BodyProperties} allows others. */
public final class StreamedBodies {

  private StreamedBodies() {}

  /** Whether a controller reads this body itself, by {@link #copy}. */
  static boolean isStreamed(HttpServletRequest request) {
    String path = request.getRequestURI();
    return switch (request.getMethod()) {
      case "PUT" -> path.startsWith("/api/uploads/");
      case "POST" -> path.equals("/api/products/import");
      default -> false;
    };
  }

  /**
   * Copies a body into a file, with little memory.
   *
   * @throws BodyTooLargeException when it is longer than is taken; the rest is not read
   */
  public static void copy(HttpServletRequest request, Path file, long limitBytes)
      throws IOException {
    if (request.getContentLengthLong() > limitBytes) {
      throw new BodyTooLargeException(limitBytes);
    }
    byte[] buffer = new byte[64 * 1024];
    long total = 0;
    try (InputStream in = request.getInputStream();
        OutputStream out = Files.newOutputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        total += n;
        if (total > limitBytes) {
          throw new BodyTooLargeException(limitBytes);
        }
        out.write(buffer, 0, n);
      }
    }
  }
}
