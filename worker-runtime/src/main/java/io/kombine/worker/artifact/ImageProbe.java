package io.kombine.worker.artifact;

import io.kombine.worker.artifact.ImageInspection.Accepted;
import io.kombine.worker.artifact.ImageInspection.Corrupt;
import io.kombine.worker.artifact.ImageInspection.TooManyPixels;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Judges and decodes images. What a file is follows from its bytes alone, never from a name or a
 * declared type; its pixels are counted before any is decoded.
 *
 * <p>Thread-safe. Only a bounded number of images is decoded at once; further callers wait, and
 * fail with {@link DecodingBusyException} when their turn does not come in time.
 */
public final class ImageProbe {

  /** Longest side of the coarse decode that proves an image whole. */
  private static final int CHECK_SIDE_PX = 512;

  private final long maxPixels;
  private final Semaphore decoders;
  private final Duration decodeWait;

  /**
   * @param maxPixels width × height beyond which an image is refused
   * @param maxConcurrentDecodes how many images may be in decoding at once
   * @param decodeWait how long a caller waits for its turn
   */
  public ImageProbe(long maxPixels, int maxConcurrentDecodes, Duration decodeWait) {
    this.maxPixels = maxPixels;
    this.decoders = new Semaphore(maxConcurrentDecodes, true);
    this.decodeWait = decodeWait;
  }

  /** Judges an image; an {@link IOException} means that its bytes could not be read. */
  public ImageInspection inspect(ImageSource source) throws IOException {
    try (ImageInputStream in = source.open()) {
      ImageHeader header = header(in);
      decodeInTurn(in, header, CHECK_SIDE_PX);
      boolean swapped = header.orientation().swapsSides();
      return new Accepted(
          header.type(),
          swapped ? header.heightPx() : header.widthPx(),
          swapped ? header.widthPx() : header.heightPx());
    } catch (ImageRefusedException refused) {
      return refused.refusal();
    }
  }

  /**
   * Decodes an image as it is to be seen, EXIF orientation applied, shrunk to a longest side.
   *
   * @param longestSidePx larger images are shrunk, smaller ones keep their size
   * @return an image of type {@code INT_RGB}, or {@code INT_ARGB_PRE} where it has transparency
   * @throws ImageRefusedException when the image is not usable
   */
  public BufferedImage decode(ImageSource source, int longestSidePx) throws IOException {
    try (ImageInputStream in = source.open()) {
      ImageHeader header = header(in);
      return decodeInTurn(in, header, longestSidePx);
    }
  }

  private ImageHeader header(ImageInputStream in) throws IOException {
    ImageHeader header = ImageHeader.read(in);
    if (header.pixels() > maxPixels) {
      throw new ImageRefusedException(
          new TooManyPixels(header.widthPx(), header.heightPx(), maxPixels));
    }
    return header;
  }

  private BufferedImage decodeInTurn(ImageInputStream in, ImageHeader header, int longestSidePx)
      throws IOException {
    try {
      if (!decoders.tryAcquire(decodeWait.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new DecodingBusyException(decodeWait);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for an image decoder", interrupted);
    }
    try {
      BufferedImage decoded = read(in, header, longestSidePx);
      return header.orientation().apply(ImageScaling.shrinkToFit(decoded, longestSidePx));
    } finally {
      decoders.release();
    }
  }

  private static BufferedImage read(ImageInputStream in, ImageHeader header, int longestSidePx)
      throws IOException {
    in.seek(0);
    ImageReader reader = readerOf(header.type());
    DecodingWarnings warnings = new DecodingWarnings();
    try {
      reader.addIIOReadWarningListener(warnings);
      reader.setInput(in, true, true);
      ImageReadParam param = reader.getDefaultReadParam();
      int longest = Math.max(header.widthPx(), header.heightPx());
      // why twice: the rest of the way is averaged, so what is left out here does not show
      int step = Math.max(1, longest / (2 * longestSidePx));
      param.setSourceSubsampling(step, step, 0, 0);
      BufferedImage image = reader.read(0, param);
      if (warnings.damaged()) {
        throw new ImageRefusedException(new Corrupt());
      }
      return image;
    } catch (ImageRefusedException refused) {
      throw refused;
    } catch (IOException | RuntimeException damaged) {
      // why all: decoders meet damaged data with whatever their arithmetic throws
      ImageRefusedException refused = new ImageRefusedException(new Corrupt());
      refused.initCause(damaged);
      throw refused;
    } finally {
      reader.dispose();
    }
  }

  private static ImageReader readerOf(ImageType type) {
    Iterator<ImageReader> readers =
        ImageIO.getImageReadersByFormatName(type.name().toLowerCase(Locale.ROOT));
    if (!readers.hasNext()) {
      throw new IllegalStateException("no decoder for " + type.mediaType() + " is installed");
    }
    return readers.next();
  }
}
