package io.kombine.i2i.provider.local;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Width and height of an image, each from {@value #MIN_PX} to {@value #MAX_PX} pixels. */
record ImageSize(int widthPx, int heightPx) {

  static final int MIN_PX = 64;
  static final int MAX_PX = 4096;

  private static final ImageSize USUAL = new ImageSize(1024, 1024);
  private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");
  private static final Pattern RATIO = Pattern.compile("(\\d{1,3}):(\\d{1,3})");
  private static final double MAX_RATIO = 4;

  ImageSize {
    if (Math.min(widthPx, heightPx) < MIN_PX || Math.max(widthPx, heightPx) > MAX_PX) {
      throw new IllegalArgumentException(
          "an image's sides are from %d to %d pixels, not %dx%d"
              .formatted(MIN_PX, MAX_PX, widthPx, heightPx));
    }
  }

  /**
   * Reads {@code 1024x1536}; absent or {@code auto} is null.
   *
   * @throws IllegalArgumentException for anything else
   */
  static @Nullable ImageSize of(@Nullable String text) {
    if (text == null || text.equals("auto")) {
      return null;
    }
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("size is as 1024x1024 or auto, not '" + text + "'");
    }
    return new ImageSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /**
   * The size with the usual number of pixels and a ratio such as {@code 16:9}; absent is null.
   *
   * @throws IllegalArgumentException for anything else, and beyond 4 : 1
   */
  static @Nullable ImageSize ofRatio(@Nullable String text) {
    if (text == null) {
      return null;
    }
    Matcher matcher = RATIO.matcher(text);
    double ratio =
        matcher.matches()
            ? Double.parseDouble(matcher.group(1)) / Double.parseDouble(matcher.group(2))
            : Double.NaN;
    if (!(ratio >= 1 / MAX_RATIO && ratio <= MAX_RATIO)) {
      throw new IllegalArgumentException(
          "aspect ratio is as 16:9 and at most 4:1 either way, not '" + text + "'");
    }
    double side = USUAL.widthPx * Math.sqrt(ratio);
    return new ImageSize((int) Math.round(side), (int) Math.round(side / ratio));
  }

  /** Of an image that is made of none. */
  static ImageSize usual() {
    return USUAL;
  }

  /** Of an image made of one of this size; sides out of bounds are brought into them. */
  static ImageSize like(int width, int height) {
    return new ImageSize(Math.clamp(width, MIN_PX, MAX_PX), Math.clamp(height, MIN_PX, MAX_PX));
  }
}
