package io.kombine.i2i.provider.local;

import java.util.Random;

/** Paint: areas of one colour with edges between them, on paper or canvas. */
final class Brushes {

  /** Longest side that paint is worked out at; it has no finer detail. */
  private static final int SIDE_PX = 900;

  private Brushes() {}

  static void watercolour(Picture picture, Random random) {
    Picture painted = smoothed(picture, 5);
    Noise paper = new Noise(random.nextLong());
    double scale = 900.0 / picture.longestSide();
    for (int y = 0; y < picture.height; y++) {
      for (int x = 0; x < picture.width; x++) {
        int at = y * picture.width + x;
        double wash = paper.at(x * scale / 60, y * scale / 60);
        int tooth = Noise.hash(7, x >> 1, y >> 1) & 15;
        int pixel = Picture.mix(painted.rgb[at], 0xFFFDF6, (int) (20 + 70 * wash));
        picture.rgb[at] = Picture.mix(pixel, 0x8A8478, tooth);
      }
    }
  }

  static void oil(Picture picture, Random random) {
    Picture painted = smoothed(picture, 6);
    int turn = random.nextInt(4);
    double scale = 900.0 / picture.longestSide();
    Noise strokes = new Noise(random.nextLong());
    for (int y = 0; y < picture.height; y++) {
      for (int x = 0; x < picture.width; x++) {
        int at = y * picture.width + x;
        double along = (turn % 2 == 0 ? x + y : x - y) * scale;
        double across = (turn % 2 == 0 ? x - y : x + y) * scale;
        double relief = strokes.at(along / 22, across / 2.6) - 0.5;
        int pixel = painted.rgb[at];
        picture.rgb[at] =
            relief > 0
                ? Picture.mix(pixel, 0xFFFFFF, (int) (relief * 70))
                : Picture.mix(pixel, 0x000000, (int) (-relief * 90));
      }
    }
  }

  private static Picture smoothed(Picture picture, int radius) {
    Picture small = Resampling.atMost(picture, SIDE_PX);
    int fit = Math.max(1, radius * small.longestSide() / SIDE_PX);
    return Resampling.to(flattened(small, fit), picture.width, picture.height);
  }

  /** Each pixel gets the mean of that one of four squares around it which varies least. */
  private static Picture flattened(Picture picture, int radius) {
    int width = picture.width;
    int height = picture.height;
    int stride = width + 1;
    int[] red = new int[stride * (height + 1)];
    int[] green = new int[red.length];
    int[] blue = new int[red.length];
    long[] squares = new long[red.length];
    for (int y = 0; y < height; y++) {
      int r = 0;
      int g = 0;
      int b = 0;
      long s = 0;
      for (int x = 0; x < width; x++) {
        int pixel = picture.rgb[y * width + x];
        r += pixel >> 16 & 0xFF;
        g += pixel >> 8 & 0xFF;
        b += pixel & 0xFF;
        int luma = Picture.luma(pixel);
        s += (long) luma * luma;
        int at = (y + 1) * stride + x + 1;
        red[at] = red[at - stride] + r;
        green[at] = green[at - stride] + g;
        blue[at] = blue[at - stride] + b;
        squares[at] = squares[at - stride] + s;
      }
    }
    Picture out = new Picture(width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double least = Double.MAX_VALUE;
        for (int corner = 0; corner < 4; corner++) {
          int left = Math.max(0, (corner & 1) == 0 ? x - radius : x);
          int right = Math.min(width, (corner & 1) == 0 ? x + 1 : x + radius + 1);
          int top = Math.max(0, corner < 2 ? y - radius : y);
          int bottom = Math.min(height, corner < 2 ? y + 1 : y + radius + 1);
          int a = top * stride + left;
          int b = top * stride + right;
          int c = bottom * stride + left;
          int d = bottom * stride + right;
          int count = (right - left) * (bottom - top);
          int r = (red[d] - red[b] - red[c] + red[a]) / count;
          int g = (green[d] - green[b] - green[c] + green[a]) / count;
          int bl = (blue[d] - blue[b] - blue[c] + blue[a]) / count;
          int mean = Picture.luma(r << 16 | g << 8 | bl);
          double spread =
              (double) (squares[d] - squares[b] - squares[c] + squares[a]) / count
                  - (double) mean * mean;
          if (spread < least) {
            least = spread;
            out.rgb[y * width + x] = r << 16 | g << 8 | bl;
          }
        }
      }
    }
    return out;
  }
}
