package io.kombine.batch.door;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Image files, good and bad. */
final class Images {

  private Images() {}

  /** Different for different seeds. */
  static byte[] image(String format, int width, int height, int seed) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(seed * 2_654_435));
    graphics.fillRect(0, 0, width / 2, height);
    graphics.dispose();
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.write(image, format, bytes);
      return bytes.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static byte[] truncated() {
    byte[] whole = image("jpeg", 400, 300, 7);
    return Arrays.copyOf(whole, whole.length / 2);
  }

  /** A small PNG whose header claims 10,000 × 10,000 pixels. */
  static byte[] hundredMegapixels() {
    byte[] png = image("png", 10, 10, 7);
    ByteBuffer header = ByteBuffer.wrap(png);
    header.putInt(16, 10_000).putInt(20, 10_000);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    header.putInt(29, (int) crc.getValue());
    return png;
  }
}
