package io.kombine.i2i.provider.local;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Arrays;

/** An image as an array of {@code 0xRRGGBB}, row by row, to be changed in place. */
final class Picture {

  final int width;
  final int height;
  final int[] rgb;

  Picture(int width, int height) {
    this(width, height, new int[width * height]);
  }

  private Picture(int width, int height, int[] rgb) {
    this.width = width;
    this.height = height;
    this.rgb = rgb;
  }

  /** Shares the pixels of an image of type {@code INT_RGB}. */
  static Picture of(BufferedImage image) {
    return new Picture(
        image.getWidth(),
        image.getHeight(),
        ((DataBufferInt) image.getRaster().getDataBuffer()).getData());
  }

  BufferedImage toImage() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.getRaster().setDataElements(0, 0, width, height, rgb);
    return image;
  }

  Picture copy() {
    return new Picture(width, height, Arrays.copyOf(rgb, rgb.length));
  }

  int longestSide() {
    return Math.max(width, height);
  }

  /** Brightness of a pixel, 0 to 255. */
  static int luma(int pixel) {
    return ((pixel >> 16 & 0xFF) * 54 + (pixel >> 8 & 0xFF) * 183 + (pixel & 0xFF) * 19) >> 8;
  }

  static int clamp(int channel) {
    return channel < 0 ? 0 : Math.min(channel, 255);
  }

  static int pixel(int red, int green, int blue) {
    return clamp(red) << 16 | clamp(green) << 8 | clamp(blue);
  }

  /** Part of the way from a colour to another; {@code share} of 256. */
  static int mix(int from, int to, int share) {
    int red = from >> 16 & 0xFF;
    int green = from >> 8 & 0xFF;
    int blue = from & 0xFF;
    return (red + (((to >> 16 & 0xFF) - red) * share >> 8)) << 16
        | (green + (((to >> 8 & 0xFF) - green) * share >> 8)) << 8
        | (blue + (((to & 0xFF) - blue) * share >> 8));
  }

  /** Two lights on one spot: never darker than either. */
  static int screen(int a, int b) {
    int red = 255 - ((255 - (a >> 16 & 0xFF)) * (255 - (b >> 16 & 0xFF)) + 127) / 255;
    int green = 255 - ((255 - (a >> 8 & 0xFF)) * (255 - (b >> 8 & 0xFF)) + 127) / 255;
    int blue = 255 - ((255 - (a & 0xFF)) * (255 - (b & 0xFF)) + 127) / 255;
    return red << 16 | green << 8 | blue;
  }
}
