package io.kombine.worker.artifact;

/** What an image file turned out to be. */
public sealed interface ImageInspection {

  /**
   * An image that decodes to its end.
   *
   * @param widthPx width as displayed, after EXIF orientation
   * @param heightPx height as displayed
   */
  record Accepted(ImageType type, int widthPx, int heightPx) implements ImageInspection {}

  /** Not usable; {@link #reason()} is a sentence for the person who sent it. */
  sealed interface Refused extends ImageInspection {
    String reason();
  }

  /** The first bytes are of no known image type, or there are none. */
  record NotAnImage() implements Refused {
    @Override
    public String reason() {
      return "The file is not an image.";
    }
  }

  /**
   * An image of a type that is not taken.
   *
   * @param found what it is, such as {@code GIF}
   */
  record UnsupportedType(String found) implements Refused {
    @Override
    public String reason() {
      return "The file is a " + found + " image; JPEG, PNG and WebP are taken.";
    }
  }

  /** The header claims more pixels than are taken; nothing was decoded. */
  record TooManyPixels(int widthPx, int heightPx, long limitPixels) implements Refused {
    @Override
    public String reason() {
      return "The image has %d × %d pixels; at most %d million pixels are taken."
          .formatted(widthPx, heightPx, limitPixels / 1_000_000);
    }
  }

  /** The file ends before the image does. */
  record Truncated() implements Refused {
    @Override
    public String reason() {
      return "The image file ends too early.";
    }
  }

  /** The file cannot be decoded. */
  record Corrupt() implements Refused {
    @Override
    public String reason() {
      return "The image file is damaged.";
    }
  }
}
