package io.kombine.upload.drive.local;

import io.kombine.contracts.Ids;
import io.kombine.upload.drive.FileContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A copy on its way, under a name of its own until it is whole. Locked while it is written, so that
 * two uploaders never write one copy; the lock goes with its process. It is never truncated: what
 * it names may have become the finished file a moment ago.
 */
final class PartFile implements AutoCloseable {

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final String NAME = "[0-9a-f-]{36}\\.part";

  private final Path file;
  private final FileChannel channel;
  private boolean published;

  private PartFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static PartFile create(Path incoming) throws IOException {
    Path file = incoming.resolve(Ids.next() + ".part");
    return new PartFile(
        file,
        lock(
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), file));
  }

  /**
   * An earlier copy to go on with, unless it is gone or longer than it should be.
   *
   * @throws PartFileBusyException when another uploader is writing it
   */
  static Optional<PartFile> resume(Path incoming, String name, long maxBytes) throws IOException {
    if (!name.matches(NAME)) {
      return Optional.empty();
    }
    Path file = incoming.resolve(name);
    try {
      PartFile part =
          new PartFile(file, lock(FileChannel.open(file, StandardOpenOption.WRITE), file));
      if (part.length() <= maxBytes) {
        return Optional.of(part);
      }
      part.close();
      return Optional.empty();
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  private static FileChannel lock(FileChannel channel, Path file) throws IOException {
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      // a thread of this process has it: the same as another process
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    if (!locked) {
      throw new PartFileBusyException(file);
    }
    return channel;
  }

  String name() {
    return String.valueOf(file.getFileName());
  }

  Path file() {
    return file;
  }

  long length() throws IOException {
    return channel.size();
  }

  /** Writes what is still missing and forces everything to the device. */
  void complete(FileContent content, long bytes) throws IOException {
    long length = length();
    channel.position(length);
    if (length < bytes) {
      try (InputStream in = content.open(length)) {
        copy(in, bytes - length);
      }
    }
    channel.force(true);
  }

  /** Copies to the end of the stream, or one byte further than it should be long. */
  private void copy(InputStream in, long expected) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long copied = 0;
    for (int read = in.read(buffer); read >= 0 && copied <= expected; read = in.read(buffer)) {
      ByteBuffer pending = ByteBuffer.wrap(buffer, 0, read);
      while (pending.hasRemaining()) {
        channel.write(pending);
      }
      copied += read;
    }
  }

  /** Gives the copy its name in the tree, at once and for good. */
  void publish(Path target) throws IOException {
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    published = true;
  }

  void discard() throws IOException {
    if (!published) {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
