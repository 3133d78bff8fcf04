package io.kombine.i2i.provider.local;

import io.kombine.worker.artifact.ImageScaling;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What can be told of an image by looking at its pixels.
 *
 * @param widthPx as displayed
 * @param heightPx as displayed
 * @param orientation {@code landscape}, {@code portrait} or {@code square}
 * @param brightness mean, 0 to 1
 * @param contrast standard deviation of the brightness, 0 to 0.5
 * @param light {@code dark}, {@code bright} or {@code balanced}
 * @param dominantColors by share, at most five
 * @param detail how sharp it is and where its subject lies
 * @param summary one sentence
 */
record ImageAnalysis(
    int widthPx,
    int heightPx,
    String orientation,
    BigDecimal brightness,
    BigDecimal contrast,
    String light,
    List<ColorShare> dominantColors,
    Detail detail,
    String summary) {

  /**
   * A colour and how much of the image it and its like cover.
   *
   * @param hex such as {@code #3a5f7b}
   * @param share 0 to 1
   */
  record ColorShare(String hex, String name, BigDecimal share) {}

  private static final int GLANCE_PX = 96;
  private static final int DETAIL_PX = 512;
  private static final int MOST_COLOURS = 5;

  /** Pixels of one of 512 parts of the colour cube. */
  private static final class Bin {
    int count;
    int red;
    int green;
    int blue;

    int colour() {
      return Picture.pixel(red / count, green / count, blue / count);
    }
  }

  /** Looks at an image of any size. */
  static ImageAnalysis of(BufferedImage image, int widthPx, int heightPx) {
    Picture glance = Picture.of(ImageScaling.opaque(ImageScaling.shrinkToFit(image, GLANCE_PX)));
    double sum = 0;
    double squares = 0;
    for (int pixel : glance.rgb) {
      double luma = Picture.luma(pixel) / 255.0;
      sum += luma;
      squares += luma * luma;
    }
    double mean = sum / glance.rgb.length;
    double spread = Math.sqrt(Math.max(0, squares / glance.rgb.length - mean * mean));
    List<ColorShare> colours = dominant(glance);
    String orientation =
        widthPx == heightPx ? "square" : widthPx > heightPx ? "landscape" : "portrait";
    String light = mean < 0.35 ? "dark" : mean > 0.65 ? "bright" : "balanced";
    return new ImageAnalysis(
        widthPx,
        heightPx,
        orientation,
        rounded(mean),
        rounded(spread),
        light,
        colours,
        Detail.of(Picture.of(ImageScaling.opaque(ImageScaling.shrinkToFit(image, DETAIL_PX)))),
        "A %s, %s %s image, mostly %s."
            .formatted(
                light,
                spread < 0.12 ? "soft" : spread > 0.25 ? "high-contrast" : "clear",
                orientation,
                String.join(
                    " and ", colours.stream().map(ColorShare::name).distinct().limit(2).toList())));
  }

  /** Whether its colours have more red than blue. */
  boolean isWarm() {
    double warmth = 0;
    for (ColorShare colour : dominantColors) {
      int rgb = Integer.parseInt(colour.hex().substring(1), 16);
      warmth += colour.share().doubleValue() * ((rgb >> 16 & 0xFF) - (rgb & 0xFF));
    }
    return warmth > 0;
  }

  private static List<ColorShare> dominant(Picture picture) {
    Bin[] bins = new Bin[512];
    for (int pixel : picture.rgb) {
      int index = (pixel >> 21 & 7) << 6 | (pixel >> 13 & 7) << 3 | (pixel >> 5 & 7);
      Bin bin = bins[index] == null ? new Bin() : bins[index];
      bins[index] = bin;
      bin.count++;
      bin.red += pixel >> 16 & 0xFF;
      bin.green += pixel >> 8 & 0xFF;
      bin.blue += pixel & 0xFF;
    }
    List<Bin> filled = new ArrayList<>();
    for (Bin bin : bins) {
      if (bin != null) {
        filled.add(bin);
      }
    }
    filled.sort(Comparator.comparingInt((Bin bin) -> bin.count).reversed());
    return filled.stream()
        .limit(MOST_COLOURS)
        .map(bin ->
            new ColorShare(
                "#%06x".formatted(bin.colour()),
                nameOf(bin.colour()),
                rounded((double) bin.count / picture.rgb.length)))
        .toList();
  }

  private static String nameOf(int colour) {
    float[] hsb = Color.RGBtoHSB(colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF, null);
    if (hsb[2] < 0.14) {
      return "black";
    }
    if (hsb[1] < 0.14) {
      return hsb[2] > 0.85 ? "white" : "grey";
    }
    String[] hues = {
      "red", "orange", "yellow", "green", "green", "teal", "cyan", "blue", "blue", "purple",
      "magenta", "pink"
    };
    String hue = hues[Math.floorMod(Math.round(hsb[0] * 12), 12)];
    String name = hue.equals("orange") && hsb[2] < 0.6 ? "brown" : hue;
    return String.format(Locale.ROOT, "%s%s", hsb[2] < 0.4 ? "dark " : "", name);
  }

  private static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP);
  }
}
