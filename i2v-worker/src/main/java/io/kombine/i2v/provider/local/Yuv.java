package io.kombine.i2v.provider.local;

import java.awt.image.BufferedImage;

/**
 * An image as video coders see it: full brightness, and colour at half the size (4:2:0, BT.709,
 * limited range). Both sides are even.
 */
record Yuv(int width, int height, byte[] luma, byte[] blue, byte[] red) {

  static Yuv blank(int width, int height) {
    int chroma = width / 2 * (height / 2);
    return new Yuv(width, height, new byte[width * height], new byte[chroma], new byte[chroma]);
  }

  static Yuv of(BufferedImage image) {
    int width = image.getWidth() & ~1;
    int height = image.getHeight() & ~1;
    Yuv yuv = blank(width, height);
    int[] upper = new int[width];
    int[] lower = new int[width];
    for (int y = 0; y < height; y += 2) {
      image.getRGB(0, y, width, 1, upper, 0, width);
      image.getRGB(0, y + 1, width, 1, lower, 0, width);
      for (int x = 0; x < width; x++) {
        yuv.luma[y * width + x] = (byte) lumaOf(upper[x]);
        yuv.luma[(y + 1) * width + x] = (byte) lumaOf(lower[x]);
      }
      for (int x = 0; x < width; x += 2) {
        yuv.putColour(x, y, upper[x], upper[x + 1], lower[x], lower[x + 1]);
      }
    }
    return yuv;
  }

  private static int lumaOf(int rgb) {
    return 16
        + (11_966 * (rgb >> 16 & 0xFF) + 40_254 * (rgb >> 8 & 0xFF) + 4_064 * (rgb & 0xFF) + 32_768
            >> 16);
  }

  private void putColour(int x, int y, int a, int b, int c, int d) {
    int r = (a >> 16 & 0xFF) + (b >> 16 & 0xFF) + (c >> 16 & 0xFF) + (d >> 16 & 0xFF);
    int g = (a >> 8 & 0xFF) + (b >> 8 & 0xFF) + (c >> 8 & 0xFF) + (d >> 8 & 0xFF);
    int bl = (a & 0xFF) + (b & 0xFF) + (c & 0xFF) + (d & 0xFF);
    int at = y / 2 * (width / 2) + x / 2;
    blue[at] = (byte) (128 + (-6_596 * r - 22_189 * g + 28_784 * bl + 131_072 >> 18));
    red[at] = (byte) (128 + (28_784 * r - 26_145 * g - 2_639 * bl + 131_072 >> 18));
  }

  BufferedImage toImage() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = y / 2 * (width / 2) + x / 2;
        double brightness = 1.1644 * ((luma[y * width + x] & 0xFF) - 16);
        double u = (blue[at] & 0xFF) - 128;
        double v = (red[at] & 0xFF) - 128;
        image.setRGB(
            x,
            y,
            clamp(brightness + 1.7927 * v) << 16
                | clamp(brightness - 0.2132 * u - 0.5329 * v) << 8
                | clamp(brightness + 2.1124 * u));
      }
    }
    return image;
  }

  private static int clamp(double value) {
    return (int) Math.clamp(Math.round(value), 0, 255);
  }
}
