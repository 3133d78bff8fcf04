package io.kombine.worker.provider;

import java.math.BigDecimal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One output of a call before it is stored.
 *
 * @param content the bytes
 * @param mediaType such as {@code image/jpeg}
 * @param widthPx of a video, and of an image whose {@code thumbnail} is given; other images are
 *     measured when they are stored
 * @param heightPx likewise
 * @param seconds playing time of a video or of speech
 * @param thumbnail JPEG or PNG to show in its place, of any size: the poster frame of a video;
 *     scaled down when it is stored. Images need none
 */
public record ProducedOutput(
    Content content,
    String mediaType,
    @Nullable Integer widthPx,
    @Nullable Integer heightPx,
    @Nullable BigDecimal seconds,
    byte @Nullable [] thumbnail) {

  /** Where the bytes are. */
  public sealed interface Content {
    /** In memory. */
    record Bytes(byte[] value) implements Content {}

    /** In a file of the provider's, which is deleted when it is stored. */
    record TemporaryFile(Path path) implements Content {}
  }

  /** An encoded image; its size is found when it is stored. */
  public static ProducedOutput image(byte[] bytes, String mediaType) {
    return new ProducedOutput(new Content.Bytes(bytes), mediaType, null, null, null, null);
  }

  /** A video in a file, with its poster frame. */
  public static ProducedOutput video(
      Path file,
      String mediaType,
      int widthPx,
      int heightPx,
      BigDecimal seconds,
      byte @Nullable [] poster) {
    return new ProducedOutput(
        new Content.TemporaryFile(file), mediaType, widthPx, heightPx, seconds, poster);
  }

  /** Speech, with its playing time. */
  public static ProducedOutput speech(byte[] bytes, String mediaType, BigDecimal seconds) {
    return new ProducedOutput(new Content.Bytes(bytes), mediaType, null, null, seconds, null);
  }

  /** Text or JSON in UTF-8. */
  public static ProducedOutput text(byte[] bytes, String mediaType) {
    return new ProducedOutput(new Content.Bytes(bytes), mediaType, null, null, null, null);
  }
}
