package io.kombine.worker.artifact;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/** Makes images smaller by averaging areas, which neither blurs nor aliases. */
public final class ImageScaling {

  private ImageScaling() {}

  /**
   * The image itself, as RGB or premultiplied ARGB, or a smaller one whose longest side is {@code
   * longestSidePx}. Never enlarges.
   */
  public static BufferedImage shrinkToFit(BufferedImage image, int longestSidePx) {
    int longest = Math.max(image.getWidth(), image.getHeight());
    if (longest <= longestSidePx) {
      return withIntPixels(image);
    }
    double scale = (double) longestSidePx / longest;
    return shrink(
        withIntPixels(image),
        Math.max(1, (int) Math.round(image.getWidth() * scale)),
        Math.max(1, (int) Math.round(image.getHeight() * scale)));
  }

  /** Puts an image with transparency onto white. */
  public static BufferedImage opaque(BufferedImage image) {
    if (image.getType() == BufferedImage.TYPE_INT_RGB) {
      return image;
    }
    return paint(image, BufferedImage.TYPE_INT_RGB);
  }

  static BufferedImage withIntPixels(BufferedImage image) {
    int type =
        image.getColorModel().hasAlpha()
            ? BufferedImage.TYPE_INT_ARGB_PRE
            : BufferedImage.TYPE_INT_RGB;
    return image.getType() == type ? image : paint(image, type);
  }

  private static BufferedImage paint(BufferedImage image, int type) {
    BufferedImage painted = new BufferedImage(image.getWidth(), image.getHeight(), type);
    Graphics2D graphics = painted.createGraphics();
    if (type == BufferedImage.TYPE_INT_RGB) {
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    }
    graphics.drawImage(image, 0, 0, null);
    graphics.dispose();
    return painted;
  }

  private static BufferedImage shrink(BufferedImage image, int width, int height) {
    BufferedImage small = new BufferedImage(width, height, image.getType());
    int sourceWidth = image.getWidth();
    int sourceHeight = image.getHeight();
    double stepX = (double) sourceWidth / width;
    double stepY = (double) sourceHeight / height;
    int[] row = new int[sourceWidth];
    int[] out = new int[width];
    float[] sums = new float[width * 4];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, 0);
      double top = y * stepY;
      double bottom = Math.min(sourceHeight, top + stepY);
      for (int sourceY = (int) top; sourceY < bottom; sourceY++) {
        float weightY = (float) (Math.min(bottom, sourceY + 1.0) - Math.max(top, sourceY));
        image.getRaster().getDataElements(0, sourceY, sourceWidth, 1, row);
        addRow(row, sums, stepX, weightY);
      }
      float area = (float) (stepX * (bottom - top));
      for (int x = 0; x < width; x++) {
        out[x] =
            channel(sums[4 * x], area) << 24
                | channel(sums[4 * x + 1], area) << 16
                | channel(sums[4 * x + 2], area) << 8
                | channel(sums[4 * x + 3], area);
      }
      small.getRaster().setDataElements(0, y, width, 1, out);
    }
    return small;
  }

  private static void addRow(int[] row, float[] sums, double stepX, float weightY) {
    for (int x = 0; x < sums.length / 4; x++) {
      double left = x * stepX;
      double right = Math.min(row.length, left + stepX);
      for (int sourceX = (int) left; sourceX < right; sourceX++) {
        float weight = weightY * (float) (Math.min(right, sourceX + 1.0) - Math.max(left, sourceX));
        int pixel = row[sourceX];
        sums[4 * x] += weight * (pixel >>> 24);
        sums[4 * x + 1] += weight * (pixel >> 16 & 0xFF);
        sums[4 * x + 2] += weight * (pixel >> 8 & 0xFF);
        sums[4 * x + 3] += weight * (pixel & 0xFF);
      }
    }
  }

  private static int channel(float sum, float area) {
    return Math.min(255, (int) (sum / area + 0.5f));
  }
}
