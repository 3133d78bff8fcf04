package io.kombine.i2v.provider.local;

import java.awt.image.BufferedImage;

/**
 * The spot of an image that draws the eye: where detail gathers, with a liking for the middle.
 *
 * @param x from 0 (left) to 1 (right)
 * @param y from 0 (top) to 1 (bottom)
 */
record Focus(double x, double y) {

  static Focus of(BufferedImage glance) {
    int width = glance.getWidth();
    int height = glance.getHeight();
    double total = 1e-6;
    double sumX = 0.5e-6;
    double sumY = 0.5e-6;
    for (int y = 1; y < height - 1; y++) {
      for (int x = 1; x < width - 1; x++) {
        int across = green(glance, x + 1, y) - green(glance, x - 1, y);
        int down = green(glance, x, y + 1) - green(glance, x, y - 1);
        double placeX = (x + 0.5) / width;
        double placeY = (y + 0.5) / height;
        double offX = placeX - 0.5;
        double offY = placeY - 0.5;
        double weight = (across * across + down * down) * (1.1 - 2 * (offX * offX + offY * offY));
        total += weight;
        sumX += weight * placeX;
        sumY += weight * placeY;
      }
    }
    return new Focus(sumX / total, sumY / total);
  }

  private static int green(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) >> 8 & 0xFF;
  }
}
