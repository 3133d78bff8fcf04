package io.kombine.i2i.provider.local;

import java.util.Random;

/** Puts a look's colours, light and grain upon a picture, in one pass over its pixels. */
final class Grade {

  private static final int STEPS = 1024;

  private final Look look;
  private final int seed;
  private final int[] red;
  private final int[] green;
  private final int[] blue;
  private final int[] split = new int[256];
  private final double lightX;
  private final double lightY;
  private final double centreX;
  private final double centreY;

  Grade(Look look, Random random) {
    this.look = look;
    seed = random.nextInt();
    red = curve(look.red());
    green = curve(look.green());
    blue = curve(look.blue());
    for (int i = 0; i < 256; i++) {
      split[i] = Picture.mix(look.shadows(), look.highlights(), curve(1)[i]);
    }
    double angle = random.nextDouble() * 2 * Math.PI;
    lightX = 0.5 + 0.62 * Math.cos(angle);
    lightY = 0.5 + 0.62 * Math.sin(angle);
    centreX = 0.5 + (random.nextDouble() - 0.5) * 0.16;
    centreY = 0.5 + (random.nextDouble() - 0.5) * 0.16;
  }

  private int[] curve(double gain) {
    int[] curve = new int[256];
    for (int i = 0; i < 256; i++) {
      double value = i / 255.0 * gain;
      // why an S: a straight line would cut lights and shadows off
      double s = value <= 0.5 ? 2 * value * value : 1 - 2 * Math.pow(Math.max(0, 1 - value), 2);
      double bent = value + (s - value) * (look.contrast() - 1) * 1.6;
      curve[i] = Picture.clamp((int) Math.round(255 * (bent + look.brightness())));
    }
    return curve;
  }

  void apply(Picture picture) {
    int[] dim = falloff(look.vignette());
    int[] light = light();
    int[] dimX = squares(picture.width, centreX, 0.74);
    int[] dimY = squares(picture.height, centreY, 0.74);
    int[] lightColumns = squares(picture.width, lightX, 0.85);
    int[] lightRows = squares(picture.height, lightY, 0.85);
    int saturation = (int) Math.round(look.saturation() * 256);
    int tone = (int) Math.round(look.tone() * 256);
    int grain = (int) Math.round(look.grain() * 72);
    int leak = look.highlights();
    int at = 0;
    for (int y = 0; y < picture.height; y++) {
      for (int x = 0; x < picture.width; x++, at++) {
        int pixel = picture.rgb[at];
        int luma = Picture.luma(pixel);
        int r = red[Picture.clamp(luma + (((pixel >> 16 & 0xFF) - luma) * saturation >> 8))];
        int g = green[Picture.clamp(luma + (((pixel >> 8 & 0xFF) - luma) * saturation >> 8))];
        int b = blue[Picture.clamp(luma + (((pixel & 0xFF) - luma) * saturation >> 8))];
        int toned = split[luma];
        r += ((toned >> 16 & 0xFF) - r) * tone >> 8;
        g += ((toned >> 8 & 0xFF) - g) * tone >> 8;
        b += ((toned & 0xFF) - b) * tone >> 8;
        int lit = light[Math.min(STEPS - 1, lightColumns[x] + lightRows[y])];
        r += (255 - r) * (leak >> 16 & 0xFF) * lit >> 16;
        g += (255 - g) * (leak >> 8 & 0xFF) * lit >> 16;
        b += (255 - b) * (leak & 0xFF) * lit >> 16;
        int share = dim[Math.min(STEPS - 1, dimX[x] + dimY[y])];
        int speck = grain == 0 ? 0 : ((Noise.hash(seed, x, y) & 0xFF) - 128) * grain >> 8;
        if (share <= 256) {
          picture.rgb[at] =
              Picture.pixel(
                  (r * share >> 8) + speck, (g * share >> 8) + speck, (b * share >> 8) + speck);
        } else {
          int up = share - 256;
          picture.rgb[at] =
              Picture.pixel(
                  r + ((255 - r) * up >> 8) + speck,
                  g + ((255 - g) * up >> 8) + speck,
                  b + ((255 - b) * up >> 8) + speck);
        }
      }
    }
  }

  /** Squared distance of each column or row from a place, in {@link #STEPS} of the reach's. */
  private static int[] squares(int length, double centre, double reach) {
    int[] squares = new int[length];
    for (int i = 0; i < length; i++) {
      double distance = ((i + 0.5) / length - centre) / reach;
      squares[i] = (int) Math.min(STEPS - 1, distance * distance * STEPS);
    }
    return squares;
  }

  private static int[] falloff(double strength) {
    int[] table = new int[STEPS];
    for (int i = 0; i < STEPS; i++) {
      double distance = Math.clamp((i / (double) STEPS - 0.12) / 0.88, 0, 1);
      table[i] = (int) Math.round(256 * (1 - strength * Math.pow(distance, 1.3)));
    }
    return table;
  }

  private int[] light() {
    int[] table = new int[STEPS];
    for (int i = 0; i < STEPS; i++) {
      double near = 1 - Math.sqrt(i / (double) STEPS);
      table[i] = (int) Math.round(256 * look.leak() * near * near);
    }
    return table;
  }
}
