package io.kombine.worker.artifact;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import javax.imageio.stream.FileCacheImageInputStream;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.springframework.core.io.InputStreamSource;

/** Encoded image bytes that can be opened for reading, any number of times. */
@FunctionalInterface
public interface ImageSource {

  /** The caller closes what it opened. */
  ImageInputStream open() throws IOException;

  static ImageSource of(byte[] bytes) {
    return () -> new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes));
  }

  static ImageSource of(Path file) {
    return () -> new FileImageInputStream(file.toFile());
  }

  /** An artifact; beyond 8 MiB it is read through a temporary file instead of memory. */
  static ImageSource of(ArtifactStore store, String sha256) {
    return () -> open(store.size(sha256), () -> store.open(sha256));
  }

  /**
   * Bytes from a stream; beyond 8 MiB they are read through a temporary file instead of memory.
   *
   * @param size how many bytes the stream has
   */
  static ImageSource of(long size, InputStreamSource stream) {
    return () -> open(size, stream);
  }

  private static ImageInputStream open(long size, InputStreamSource stream) throws IOException {
    try (InputStream in = stream.getInputStream()) {
      if (size <= 8 * 1024 * 1024) {
        return new MemoryCacheImageInputStream(new ByteArrayInputStream(in.readAllBytes()));
      }
      ImageInputStream cached = new FileCacheImageInputStream(new BufferedInputStream(in), null);
      cached.seek(size);
      cached.read(); // why: makes the cache hold all before its source is closed
      cached.seek(0);
      return cached;
    }
  }
}
