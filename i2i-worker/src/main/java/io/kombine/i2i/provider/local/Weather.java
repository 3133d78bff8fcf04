package io.kombine.i2i.provider.local;

import java.util.Random;

/** What falls between the eye and the scene. */
final class Weather {

  private Weather() {}

  static void snow(Picture picture, Random random) {
    double unit = picture.longestSide() / 1000.0;
    for (int i = 0; i < 420; i++) {
      double depth = Math.pow(random.nextDouble(), 5);
      double radius = (1.1 + 9 * depth) * unit;
      double strength = 0.9 - 0.55 * depth;
      disc(
          picture,
          random.nextDouble() * picture.width,
          random.nextDouble() * picture.height,
          Math.max(0.8, radius),
          strength);
    }
  }

  private static void disc(Picture picture, double x, double y, double radius, double strength) {
    int left = Math.max(0, (int) (x - radius));
    int right = Math.min(picture.width - 1, (int) (x + radius));
    int bottom = Math.min(picture.height - 1, (int) (y + radius));
    for (int row = Math.max(0, (int) (y - radius)); row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        double near = 1 - Math.hypot(column - x, row - y) / radius;
        if (near > 0) {
          int at = row * picture.width + column;
          int share = (int) (256 * strength * Math.min(1, 1.7 * near));
          picture.rgb[at] = Picture.mix(picture.rgb[at], 0xFFFFFF, share);
        }
      }
    }
  }

  static void rain(Picture picture, Random random) {
    double unit = picture.longestSide() / 1000.0;
    double slope = 0.12 + 0.2 * random.nextDouble();
    for (int i = 0; i < 620; i++) {
      double x = random.nextDouble() * picture.width * 1.2;
      double y = (random.nextDouble() * 1.1 - 0.1) * picture.height;
      double length = (18 + 50 * random.nextDouble()) * unit;
      int share = 30 + random.nextInt(70);
      int thickness = Math.max(1, (int) Math.round(unit * (random.nextInt(6) == 0 ? 2 : 1)));
      for (int step = 0; step < length; step++) {
        int row = (int) (y + step);
        int column = (int) (x - slope * step);
        for (int wide = 0; wide < thickness; wide++) {
          if (row >= 0
              && row < picture.height
              && column + wide >= 0
              && column + wide < picture.width) {
            int at = row * picture.width + column + wide;
            int fading = (int) (share * Math.sin(Math.PI * step / length));
            picture.rgb[at] = Picture.mix(picture.rgb[at], 0xE4F0F6, fading);
          }
        }
      }
    }
  }
}
