package io.kombine.i2i.provider.local;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How much fine detail an image has and where most of it lies.
 *
 * @param sharpness mean step in brightness from a pixel to the next, 0 (one flat colour) to 1
 * @param focusX where the detail's centre is, 0 (left) to 1
 * @param focusY likewise, 0 (top) to 1
 * @param place the same in words, such as {@code upper left} or {@code centre}
 * @param arrangement {@code centred}, {@code off-centre} or {@code even}
 */
record Detail(
    BigDecimal sharpness, BigDecimal focusX, BigDecimal focusY, String place, String arrangement) {

  /** From where a centre of gravity no longer counts as the middle. */
  private static final double ASIDE = 0.08;

  /** Spread of detail, as a share of the longest possible, from which nothing stands out. */
  private static final double EVEN = 0.72;

  /** Looks at a picture with at least two pixels a side; smaller ones have no detail. */
  static Detail of(Picture picture) {
    double total = 0;
    double atX = 0;
    double atY = 0;
    double squares = 0;
    for (int y = 0; y + 1 < picture.height; y++) {
      for (int x = 0; x + 1 < picture.width; x++) {
        int at = y * picture.width + x;
        int luma = Picture.luma(picture.rgb[at]);
        double step =
            Math.abs(luma - Picture.luma(picture.rgb[at + 1]))
                + Math.abs(luma - Picture.luma(picture.rgb[at + picture.width]));
        double u = (x + 1.0) / picture.width;
        double v = (y + 1.0) / picture.height;
        total += step;
        atX += step * u;
        atY += step * v;
        squares += step * ((u - 0.5) * (u - 0.5) + (v - 0.5) * (v - 0.5));
      }
    }
    if (total == 0) {
      return new Detail(rounded(0), rounded(0.5), rounded(0.5), "centre", "even");
    }
    double focusX = atX / total;
    double focusY = atY / total;
    double spread = Math.sqrt(squares / total) / Math.sqrt(1 / 6.0);
    boolean aside = Math.hypot(focusX - 0.5, focusY - 0.5) > ASIDE;
    long steps = 2L * (picture.width - 1) * (picture.height - 1);
    return new Detail(
        rounded(Math.min(1, total / steps / 64)),
        rounded(focusX),
        rounded(focusY),
        place(focusX, focusY),
        aside ? "off-centre" : spread > EVEN ? "even" : "centred");
  }

  private static String place(double x, double y) {
    String across = x < 0.5 - ASIDE ? "left" : x > 0.5 + ASIDE ? "right" : "";
    String down = y < 0.5 - ASIDE ? "upper" : y > 0.5 + ASIDE ? "lower" : "";
    return across.isEmpty() && down.isEmpty()
        ? "centre"
        : (down + " " + (across.isEmpty() ? "middle" : across)).strip();
  }

  private static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP);
  }
}
