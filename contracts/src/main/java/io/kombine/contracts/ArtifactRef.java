package io.kombine.contracts;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A reference to bytes in the artifact store. Messages carry references, never bytes, and never a
 * URL: who may read the bytes is decided where they are served.
 *
 * @param sha256 lower-case hexadecimal SHA-256 of the bytes: their address in the store
 * @param mediaType such as {@code image/jpeg} or {@code video/mp4}, established from the content
 * @param bytes length
 * @param widthPx of an image or video
 * @param heightPx of an image or video
 * @param seconds playing time of a video or of speech
 * @param thumbnailSha256 a JPEG of the image or of the video's poster frame, longest side 128 px
 */
public record ArtifactRef(
    String sha256,
    String mediaType,
    long bytes,
    @Nullable Integer widthPx,
    @Nullable Integer heightPx,
    @Nullable BigDecimal seconds,
    @Nullable String thumbnailSha256) {

  public ArtifactRef {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "sha256 must be 64 lower-case hexadecimal digits, not " + sha256);
    }
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes must not be negative: " + bytes);
    }
  }
}
