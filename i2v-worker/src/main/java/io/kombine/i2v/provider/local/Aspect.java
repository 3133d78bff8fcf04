package io.kombine.i2v.provider.local;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shapes of a frame. */
enum Aspect {
  WIDE(16.0 / 9),
  TALL(9.0 / 16),
  SQUARE(1),
  /** The image's own, up to 2.4 : 1 either way. */
  SOURCE(0);

  private static final double MAX_RATIO = 2.4;

  private final double ratio;

  Aspect(double ratio) {
    this.ratio = ratio;
  }

  /**
   * Reads {@code 16:9}, {@code 9:16}, {@code 1:1} or {@code source}; absent means the image's own.
   *
   * @throws IllegalArgumentException for anything else
   */
  static Aspect of(@Nullable String text) {
    if (text == null) {
      return SOURCE;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "16:9" -> WIDE;
      case "9:16" -> TALL;
      case "1:1" -> SQUARE;
      case "source" -> SOURCE;
      default ->
          throw new IllegalArgumentException(
              "aspect ratio is 16:9, 9:16, 1:1 or source, not '" + text + "'");
    };
  }

  /** The frame for an image of a size; both sides are even, as H.264 wants them. */
  FrameSize frame(Resolution resolution, int imageWidth, int imageHeight) {
    double wanted = this == SOURCE ? (double) imageWidth / imageHeight : ratio;
    double bounded = Math.clamp(wanted, 1 / MAX_RATIO, MAX_RATIO);
    int side = resolution.shorterSidePx();
    return bounded >= 1
        ? new FrameSize(even(side * bounded), side)
        : new FrameSize(side, even(side / bounded));
  }

  private static int even(double length) {
    // why down from the middle: 480 × 16/9 is 853.3, which everyone calls 854
    return 2 * (int) Math.round(length / 2);
  }
}
