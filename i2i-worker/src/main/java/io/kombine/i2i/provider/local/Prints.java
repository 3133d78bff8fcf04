package io.kombine.i2i.provider.local;

/** Coarse prints: a comic's dots and lines, and large square pixels. */
final class Prints {

  private static final int LEVELS = 5;
  private static final int SIDE_PX = 1024;

  private Prints() {}

  static void comic(Picture picture) {
    Picture soft = Resampling.atMost(picture, SIDE_PX);
    Resampling.blur(soft, Math.max(1, soft.longestSide() / 500));
    Picture wide = Resampling.atMost(soft, SIDE_PX);
    Resampling.blur(wide, Math.max(2, wide.longestSide() / 200));
    soft = Resampling.to(soft, picture.width, picture.height);
    wide = Resampling.to(wide, picture.width, picture.height);
    double pitch = Math.max(4, picture.longestSide() / 130.0);
    for (int y = 0; y < picture.height; y++) {
      for (int x = 0; x < picture.width; x++) {
        int at = y * picture.width + x;
        int pixel = soft.rgb[at];
        int luma = Picture.luma(pixel);
        double u = (x + y) / pitch;
        double v = (x - y) / pitch;
        double fromDot = Math.hypot(u - Math.rint(u), v - Math.rint(v));
        boolean dot = luma < 150 && fromDot < 0.62 * (1 - luma / 150.0);
        int flat =
            Picture.pixel(level(pixel >> 16 & 0xFF), level(pixel >> 8 & 0xFF), level(pixel & 0xFF));
        int ink = Math.clamp((Picture.luma(wide.rgb[at]) - luma - 7) * 14, 0, 236);
        picture.rgb[at] = Picture.mix(dot ? Picture.mix(flat, 0x180C30, 110) : flat, 0x100818, ink);
      }
    }
  }

  private static int level(int channel) {
    return (channel * LEVELS / 256) * 255 / (LEVELS - 1);
  }

  static void pixels(Picture picture) {
    int block = Math.max(2, picture.longestSide() / 112);
    for (int top = 0; top < picture.height; top += block) {
      for (int left = 0; left < picture.width; left += block) {
        int right = Math.min(picture.width, left + block);
        int bottom = Math.min(picture.height, top + block);
        fill(picture, left, top, right, bottom, mean(picture, left, top, right, bottom));
      }
    }
  }

  private static int mean(Picture picture, int left, int top, int right, int bottom) {
    int red = 0;
    int green = 0;
    int blue = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        int pixel = picture.rgb[y * picture.width + x];
        red += pixel >> 16 & 0xFF;
        green += pixel >> 8 & 0xFF;
        blue += pixel & 0xFF;
      }
    }
    int count = (right - left) * (bottom - top);
    return Picture.pixel(coarse(red / count), coarse(green / count), coarse(blue / count));
  }

  private static int coarse(int channel) {
    return (channel + 12) / 25 * 25;
  }

  private static void fill(Picture picture, int left, int top, int right, int bottom, int colour) {
    for (int y = top; y < bottom; y++) {
      java.util.Arrays.fill(
          picture.rgb, y * picture.width + left, y * picture.width + right, colour);
    }
  }
}
