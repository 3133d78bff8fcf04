package io.kombine.local;

import io.kombine.local.process.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The right to start or end a stack's processes, held by one launcher at a time and freed with it
 * in any case.
 */
record LauncherLock(FileChannel file) implements AutoCloseable {

  /**
   * @throws StackException when another launcher is at work
   */
  static LauncherLock take(Path runDirectory) {
    try {
      FileChannel file =
          FileChannel.open(
              runDirectory.resolve("launcher.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      if (tryLock(file) == null) {
        file.close();
        throw new StackException(
            "Another launcher is starting or ending this stack (%s); wait until it is done."
                .formatted(runDirectory.getParent()));
      }
      return new LauncherLock(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      // why null: the other launcher is another thread of this JVM
      return null;
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
