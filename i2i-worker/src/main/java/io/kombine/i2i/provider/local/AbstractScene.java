package io.kombine.i2i.provider.local;

import java.awt.Color;
import java.util.Random;

/** Folds of coloured light, for images that are made of a prompt alone. */
final class AbstractScene {

  /** Longest side that it is worked out at; it has no finer detail. */
  private static final int SIDE_PX = 720;

  private AbstractScene() {}

  static Picture paint(ImageSize size, Look look, Random random) {
    double scale = Math.min(1, (double) SIDE_PX / Math.max(size.widthPx(), size.heightPx()));
    int width = Math.max(2, (int) (size.widthPx() * scale));
    int height = Math.max(2, (int) (size.heightPx() * scale));
    int[] palette = palette(look, random);
    Noise noise = new Noise(random.nextLong());
    double reach = 1.6 + 1.6 * random.nextDouble();
    double twist = 1.4 + 1.6 * random.nextDouble();
    float[] folds = new float[width * height];
    double unit = Math.min(width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double u = x / unit * reach;
        double v = y / unit * reach;
        double a = noise.layered(u, v, 2);
        double b = noise.layered(u + 5.2, v + 1.3, 2);
        folds[y * width + x] = (float) noise.layered(u + twist * a, v + twist * b, 3);
      }
    }
    Picture small = new Picture(width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = y * width + x;
        float right = folds[y * width + Math.min(width - 1, x + 1)];
        float below = folds[Math.min(height - 1, y + 1) * width + x];
        double slope = (folds[at] - right + folds[at] - below) * unit * 0.5;
        double place = Math.clamp((folds[at] - 0.22) / 0.56, 0, 0.9999) * (palette.length - 1);
        int index = (int) place;
        int colour = Picture.mix(palette[index], palette[index + 1], (int) ((place - index) * 256));
        small.rgb[at] =
            slope > 0
                ? Picture.mix(colour, 0xFFFFFF, (int) Math.min(150, slope * 90))
                : Picture.mix(colour, 0x000000, (int) Math.min(150, -slope * 90));
      }
    }
    return Resampling.to(small, size.widthPx(), size.heightPx());
  }

  private static int[] palette(Look look, Random random) {
    float hue = random.nextFloat();
    int accent = Color.HSBtoRGB(hue, 0.62f, 0.82f) & 0xFFFFFF;
    int other = Color.HSBtoRGB(hue + 0.12f + 0.3f * random.nextFloat(), 0.55f, 0.95f) & 0xFFFFFF;
    return new int[] {
      look.shadows(),
      Picture.mix(look.shadows(), accent, 190),
      Picture.mix(accent, look.highlights(), 90),
      other,
      Picture.mix(look.shadows(), other, 110),
      look.highlights()
    };
  }
}
