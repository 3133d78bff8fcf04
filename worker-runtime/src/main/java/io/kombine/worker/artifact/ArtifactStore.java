package io.kombine.worker.artifact;

import io.kombine.contracts.ArtifactRef;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * Immutable media bytes addressed by their SHA-256, and the receipts of stored outputs.
 *
 * <p>A hash is always 64 lowercase hexadecimal digits; anything else is an {@link
 * IllegalArgumentException}. Storing the same bytes again, at any time and from any process, is
 * harmless and answers the same hash. When a {@code put} has returned, the bytes survive a crash of
 * the process and of the machine; when it has not, no reader ever sees a part of them.
 *
 * <p>Implementations are safe for use by any number of threads and processes at once and take part
 * in no transaction.
 */
public interface ArtifactStore {

  /** The largest receipt that is taken, in bytes. */
  int MAX_RECEIPT_BYTES = 256 * 1024;

  /**
   * Stores a stream to its end. The caller closes it. The answer holds address, declared type and
   * length; what only a look at the content tells (pixels, seconds, thumbnail) is the caller's to
   * add: see {@link ImageArtifacts}.
   *
   * @param mediaType declared type such as {@code image/jpeg}; kept with the bytes where the store
   *     can
   * @throws ArtifactTooLargeException when the stream is longer than the store's limit; nothing is
   *     kept and no more than the limit is read
   */
  ArtifactRef put(InputStream bytes, String mediaType) throws IOException;

  /** Stores the content of a file, which stays as it is. */
  default ArtifactRef put(Path file, String mediaType) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return put(in, mediaType);
    }
  }

  /** Stores an array. */
  default ArtifactRef put(byte[] bytes, String mediaType) throws IOException {
    return put(new ByteArrayInputStream(bytes), mediaType);
  }

  /**
   * Opens the whole artifact.
   *
   * @throws ArtifactNotFoundException when there is none
   */
  InputStream open(String sha256) throws IOException;

  /**
   * Opens a part of an artifact: from {@code offset} at most {@code length} bytes, fewer where the
   * artifact ends earlier, none where it ends before the offset.
   *
   * @throws ArtifactNotFoundException when there is none
   * @throws IllegalArgumentException when offset or length is negative
   */
  InputStream openRange(String sha256, long offset, long length) throws IOException;

  /**
   * Size in bytes.
   *
   * @throws ArtifactNotFoundException when there is none
   */
  long size(String sha256) throws IOException;

  /** Whether the artifact is there, whole. */
  boolean exists(String sha256) throws IOException;

  /**
   * Records what a step's paid call produced, so that it can be settled after a crash without
   * paying again. A second receipt of the same step and epoch replaces the first.
   *
   * @param epoch the step's admission, from 1
   * @param json at most {@link #MAX_RECEIPT_BYTES}; more is an {@link IllegalArgumentException}
   */
  void putReceipt(UUID stepId, int epoch, byte[] json) throws IOException;

  /** The receipt of a step's epoch, if its outputs were stored. */
  Optional<byte[]> findReceipt(UUID stepId, int epoch) throws IOException;

  /** The capability to let clients upload past the services, where the store has it. */
  default Optional<PresignedUploads> presignedUploads() {
    return Optional.empty();
  }
}
