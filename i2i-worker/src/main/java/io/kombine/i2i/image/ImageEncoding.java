package io.kombine.i2i.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/** How an image is written: JPEG or PNG. Thread-safe; uses its caller's thread. */
public sealed interface ImageEncoding {

  /**
   * @param quality 1 to 100
   */
  record Jpeg(int quality) implements ImageEncoding {
    public Jpeg {
      if (quality < 1 || quality > 100) {
        throw new IllegalArgumentException("output quality is from 1 to 100, not " + quality);
      }
    }
  }

  /** Without loss. */
  record Png() implements ImageEncoding {}

  int USUAL_QUALITY = 90;

  /**
   * @param format {@code jpeg} or {@code png}; absent means JPEG
   * @param quality of a JPEG; absent means {@value #USUAL_QUALITY}
   * @throws IllegalArgumentException for anything else
   */
  static ImageEncoding of(@Nullable String format, @Nullable Integer quality) {
    return switch (format) {
      case null -> new Jpeg(quality == null ? USUAL_QUALITY : quality);
      case "jpeg" -> new Jpeg(quality == null ? USUAL_QUALITY : quality);
      case "png" -> new Png();
      default ->
          throw new IllegalArgumentException("output format is jpeg or png, not '" + format + "'");
    };
  }

  default String mediaType() {
    return switch (this) {
      case Jpeg _ -> "image/jpeg";
      case Png _ -> "image/png";
    };
  }

  default byte[] encode(BufferedImage image) throws IOException {
    float quality =
        switch (this) {
          case Jpeg jpeg -> jpeg.quality() / 100f;
          // why: zlib's lower levels are several times as fast and hardly larger on photographs
          case Png _ -> 0.6f;
        };
    ImageWriter writer =
        ImageIO.getImageWritersByFormatName(this instanceof Png ? "png" : "jpeg").next();
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
