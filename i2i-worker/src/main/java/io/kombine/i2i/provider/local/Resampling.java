package io.kombine.i2i.provider.local;

import io.kombine.worker.artifact.ImageScaling;

/** Other sizes of pictures, and soft copies of them. */
final class Resampling {

  private Resampling() {}

  /** A copy whose longest side is at most {@code side}. */
  static Picture atMost(Picture picture, int side) {
    return picture.longestSide() <= side
        ? picture.copy()
        : Picture.of(ImageScaling.shrinkToFit(picture.toImage(), side));
  }

  /** A copy of another size, interpolated between neighbours: for enlarging. */
  static Picture to(Picture picture, int width, int height) {
    if (picture.width == width && picture.height == height) {
      return picture;
    }
    Picture out = new Picture(width, height);
    int[] left = new int[width];
    int[] share = new int[width];
    for (int x = 0; x < width; x++) {
      double at = Math.clamp((x + 0.5) * picture.width / width - 0.5, 0, picture.width - 1.0);
      left[x] = Math.min((int) at, Math.max(0, picture.width - 2));
      share[x] = (int) Math.round((at - left[x]) * 256);
    }
    int next = picture.width > 1 ? 1 : 0;
    for (int y = 0; y < height; y++) {
      double at = Math.clamp((y + 0.5) * picture.height / height - 0.5, 0, picture.height - 1.0);
      int top = Math.min((int) at, Math.max(0, picture.height - 2));
      int down = (int) Math.round((at - top) * 256);
      int upper = top * picture.width;
      int lower = picture.height > 1 ? upper + picture.width : upper;
      for (int x = 0; x < width; x++) {
        int a =
            Picture.mix(
                picture.rgb[upper + left[x]], picture.rgb[upper + left[x] + next], share[x]);
        int b =
            Picture.mix(
                picture.rgb[lower + left[x]], picture.rgb[lower + left[x] + next], share[x]);
        out.rgb[y * width + x] = Picture.mix(a, b, down);
      }
    }
    return out;
  }

  /** Blurs in place, as if twice through a window of {@code 2 radius + 1} pixels. */
  static void blur(Picture picture, int radius) {
    int[] line = new int[picture.longestSide()];
    for (int pass = 0; pass < 2; pass++) {
      for (int y = 0; y < picture.height; y++) {
        blurLine(picture.rgb, y * picture.width, 1, picture.width, radius, line);
      }
      for (int x = 0; x < picture.width; x++) {
        blurLine(picture.rgb, x, picture.width, picture.height, radius, line);
      }
    }
  }

  private static void blurLine(int[] rgb, int start, int step, int length, int radius, int[] line) {
    for (int i = 0; i < length; i++) {
      line[i] = rgb[start + i * step];
    }
    int red = 0;
    int green = 0;
    int blue = 0;
    for (int i = -radius; i <= radius; i++) {
      int pixel = line[Math.clamp(i, 0, length - 1)];
      red += pixel >> 16 & 0xFF;
      green += pixel >> 8 & 0xFF;
      blue += pixel & 0xFF;
    }
    int window = 2 * radius + 1;
    for (int i = 0; i < length; i++) {
      rgb[start + i * step] = red / window << 16 | green / window << 8 | blue / window;
      int out = line[Math.max(0, i - radius)];
      int in = line[Math.min(length - 1, i + radius + 1)];
      red += (in >> 16 & 0xFF) - (out >> 16 & 0xFF);
      green += (in >> 8 & 0xFF) - (out >> 8 & 0xFF);
      blue += (in & 0xFF) - (out & 0xFF);
    }
  }
}
