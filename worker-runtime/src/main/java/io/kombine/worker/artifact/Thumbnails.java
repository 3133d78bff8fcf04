package io.kombine.worker.artifact;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Makes small JPEG pictures of images. The same image gives the same bytes. Thread-safe, with the
 * decoding bounds of its {@link ImageProbe}.
 */
public final class Thumbnails {

  /** Longest side of the usual thumbnail, in pixels. */
  public static final int DEFAULT_SIDE_PX = 128;

  /** The longest sides that are made, in pixels. */
  public static final Set<Integer> SIDES_PX = Set.of(64, 128, 256, 512, 1024);

  private static final float QUALITY = 0.82f;

  private final ImageProbe probe;

  public Thumbnails(ImageProbe probe) {
    this.probe = probe;
  }

  /**
   * Thumbnail of an encoded image; one smaller than asked keeps its size.
   *
   * @param sidePx one of {@link #SIDES_PX}
   * @throws ImageRefusedException when the image is not usable
   */
  public byte[] of(ImageSource source, int sidePx) throws IOException {
    requireAllowed(sidePx);
    return jpeg(ImageScaling.opaque(probe.decode(source, sidePx)), QUALITY);
  }

  /** Thumbnail of an image that is decoded already. */
  public static byte[] of(BufferedImage image, int sidePx) throws IOException {
    requireAllowed(sidePx);
    return jpeg(ImageScaling.opaque(ImageScaling.shrinkToFit(image, sidePx)), QUALITY);
  }

  private static void requireAllowed(int sidePx) {
    if (!SIDES_PX.contains(sidePx)) {
      throw new IllegalArgumentException(
          "thumbnails have a longest side of " + SIDES_PX + " pixels, not " + sidePx);
    }
  }

  private static byte[] jpeg(BufferedImage image, float quality) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
