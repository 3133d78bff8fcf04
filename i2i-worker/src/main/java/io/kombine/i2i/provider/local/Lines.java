package io.kombine.i2i.provider.local;

import java.awt.Color;
import java.util.Random;

/** Outlines: drawn with a pencil, or glowing. */
final class Lines {

  private static final int SIDE_PX = 1024;

  private Lines() {}

  static void pencil(Picture picture, Random random) {
    Picture grey = new Picture(picture.width, picture.height);
    for (int i = 0; i < grey.rgb.length; i++) {
      grey.rgb[i] = 0x010101 * Picture.luma(picture.rgb[i]);
    }
    Picture soft = Resampling.atMost(grey, SIDE_PX);
    Resampling.blur(soft, Math.max(2, soft.longestSide() / 110));
    soft = Resampling.to(soft, picture.width, picture.height);
    int lean = random.nextBoolean() ? 1 : -1;
    double scale = 900.0 / picture.longestSide();
    Noise hatching = new Noise(random.nextLong());
    for (int y = 0; y < picture.height; y++) {
      for (int x = 0; x < picture.width; x++) {
        int at = y * picture.width + x;
        int own = grey.rgb[at] & 0xFF;
        int around = Math.max(1, soft.rgb[at] & 0xFF);
        int line = Math.min(255, own * 255 / around);
        int drawn = line * line / 255;
        double stroke =
            hatching.at((x + lean * y) * scale / 2.2, (x - lean * y) * scale / 40) - 0.35;
        int shade = (int) (Math.max(0, 170 - own) * Math.clamp(stroke, 0, 1));
        int paper = Picture.mix(picture.rgb[at], 0xFFFFFF, 190);
        int lead = Picture.clamp(drawn - shade) * 256 / 255;
        picture.rgb[at] = Picture.mix(0x1E1B1A, paper, Math.min(256, lead));
      }
    }
  }

  static void neon(Picture picture, Picture original, Random random) {
    Picture small = Resampling.atMost(original, SIDE_PX);
    float hue = random.nextFloat();
    int first = Color.HSBtoRGB(0.48f + 0.08f * hue, 0.85f, 1) & 0xFFFFFF;
    int second = Color.HSBtoRGB(0.84f + 0.1f * hue, 0.8f, 1) & 0xFFFFFF;
    Picture edges = new Picture(small.width, small.height);
    for (int y = 1; y < small.height - 1; y++) {
      for (int x = 1; x < small.width - 1; x++) {
        int at = y * small.width + x;
        int strength = Math.clamp(gradient(small, at) * 3 / 4 - 40, 0, 256);
        int share = (x * 160 / small.width + y * 96 / small.height);
        edges.rgb[at] = Picture.mix(0, Picture.mix(first, second, share), strength);
      }
    }
    Picture halo = Resampling.atMost(edges, SIDE_PX / 3);
    Resampling.blur(halo, Math.max(1, halo.longestSide() / 60));
    for (int i = 0; i < halo.rgb.length; i++) {
      halo.rgb[i] = Picture.screen(halo.rgb[i], halo.rgb[i]);
    }
    edges = Resampling.to(edges, picture.width, picture.height);
    halo = Resampling.to(halo, picture.width, picture.height);
    for (int i = 0; i < picture.rgb.length; i++) {
      int light = Picture.screen(edges.rgb[i], halo.rgb[i]);
      picture.rgb[i] = Picture.screen(picture.rgb[i], light);
    }
  }

  private static int gradient(Picture picture, int at) {
    int width = picture.width;
    int[] rgb = picture.rgb;
    int a = Picture.luma(rgb[at - width - 1]);
    int b = Picture.luma(rgb[at - width + 1]);
    int c = Picture.luma(rgb[at + width - 1]);
    int d = Picture.luma(rgb[at + width + 1]);
    int across = b + d - a - c + 2 * (Picture.luma(rgb[at + 1]) - Picture.luma(rgb[at - 1]));
    int down = c + d - a - b + 2 * (Picture.luma(rgb[at + width]) - Picture.luma(rgb[at - width]));
    return Math.abs(across) + Math.abs(down);
  }
}
