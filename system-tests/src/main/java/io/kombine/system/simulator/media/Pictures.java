package io.kombine.system.simulator.media;

import io.kombine.system.simulator.http.BadRequestException;
import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Makes an image from an image: tinted by the prompt and written anew. PNG, JPEG and WebP are read;
 * PNG and JPEG written. At most {@value #MAX_PIXELS} pixels.
 */
public final class Pictures {

  /** Larger images are refused before they are decoded. */
  public static final long MAX_PIXELS = 50_000_000;

  private static final float TINT = 0.35f;

  static {
    ImageIO.setUseCache(false);
  }

  private Pictures() {}

  /** Width and height in pixels. */
  public record Size(int width, int height) {

    /** The same shape, with no side longer than that. */
    public Size within(int side) {
      double scale = Math.min(1, (double) side / Math.max(width, height));
      return new Size(
          Math.max(1, (int) Math.round(width * scale)),
          Math.max(1, (int) Math.round(height * scale)));
    }
  }

  /**
   * Reads an image's size without decoding it.
   *
   * @throws BadRequestException when it is none that can be read
   */
  public static Size size(byte[] image) {
    return read(image, reader -> new Size(reader.getWidth(0), reader.getHeight(0)));
  }

  /**
   * Makes the image.
   *
   * @param size of the result; the input covers it
   * @param format {@code png} or {@code jpeg}
   * @throws BadRequestException when the input is no image
   */
  public static byte[] remake(
      byte[] image, String prompt, int variation, Size size, String format) {
    return tinted(read(image, reader -> reader.read(0)), prompt, variation, size, format);
  }

  /** Makes an image from the prompt alone. */
  public static byte[] blank(String prompt, int variation, Size size, String format) {
    BufferedImage white = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    white.setRGB(8, 8, 0xffffff);
    return tinted(white, prompt, variation, size, format);
  }

  private static byte[] tinted(
      BufferedImage input, String prompt, int variation, Size size, String format) {
    BufferedImage output =
        new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = output.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    double scale =
        Math.max(
            (double) size.width() / input.getWidth(), (double) size.height() / input.getHeight());
    int width = (int) Math.ceil(input.getWidth() * scale);
    int height = (int) Math.ceil(input.getHeight() * scale);
    graphics.drawImage(
        input, (size.width() - width) / 2, (size.height() - height) / 2, width, height, null);
    float hue = Math.floorMod(prompt.hashCode() * 31 + variation * 97, 360) / 360f;
    graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, TINT));
    graphics.setColor(Color.getHSBColor(hue, 0.8f, 0.9f));
    graphics.fillRect(0, 0, size.width(), size.height());
    graphics.dispose();
    return write(output, format);
  }

  private static byte[] write(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format.toLowerCase(Locale.ROOT), out)) {
        throw new BadRequestException("Images cannot be written as " + format + ".");
      }
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  @FunctionalInterface
  private interface Reading<T> {
    T from(ImageReader reader) throws IOException;
  }

  private static <T> T read(byte[] image, Reading<T> reading) {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(image))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new BadRequestException("The image is none that can be read.");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        if ((long) reader.getWidth(0) * reader.getHeight(0) > MAX_PIXELS) {
          throw new BadRequestException("The image has too many pixels.");
        }
        return reading.from(reader);
      } finally {
        reader.dispose();
      }
    } catch (IOException e) {
      throw new BadRequestException("The image cannot be read: " + e.getMessage());
    }
  }
}
