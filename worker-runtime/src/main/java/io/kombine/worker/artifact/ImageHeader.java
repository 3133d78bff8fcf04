package io.kombine.worker.artifact;

import io.kombine.worker.artifact.ImageInspection.Corrupt;
import io.kombine.worker.artifact.ImageInspection.NotAnImage;
import io.kombine.worker.artifact.ImageInspection.Truncated;
import io.kombine.worker.artifact.ImageInspection.UnsupportedType;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.stream.ImageInputStream;

/**
 * What an image file says about itself before any pixel is decoded.
 *
 * <p>Reading one walks the file's structure to its end, so a file that was cut off anywhere is
 * recognised without decoding.
 *
 * @param widthPx stored width, before orientation
 * @param heightPx stored height
 */
record ImageHeader(ImageType type, int widthPx, int heightPx, Orientation orientation) {

  long pixels() {
    return (long) widthPx * heightPx;
  }

  /**
   * Reads the header from the stream's beginning.
   *
   * @throws ImageRefusedException where the file is of no use; never for its size
   */
  static ImageHeader read(ImageInputStream in) throws IOException {
    byte[] magic = new byte[16];
    int length = fill(in, magic);
    in.setByteOrder(ByteOrder.BIG_ENDIAN);
    try {
      ImageHeader header =
          switch (kindOf(magic, length)) {
            case "JPEG" -> JpegStructure.read(in);
            case "PNG" -> PngStructure.read(in);
            case "WebP" -> WebpStructure.read(in);
            case "" -> throw new ImageRefusedException(new NotAnImage());
            case String other -> throw new ImageRefusedException(new UnsupportedType(other));
          };
      if (header.widthPx <= 0 || header.heightPx <= 0) {
        throw new ImageRefusedException(new Corrupt());
      }
      return header;
    } catch (EOFException end) {
      ImageRefusedException refused = new ImageRefusedException(new Truncated());
      refused.initCause(end);
      throw refused;
    }
  }

  private static int fill(ImageInputStream in, byte[] bytes) throws IOException {
    in.seek(0);
    int length = 0;
    for (int read = in.read(bytes);
        read > 0;
        read = in.read(bytes, length, bytes.length - length)) {
      length += read;
    }
    return length;
  }

  private static String kindOf(byte[] magic, int length) {
    String text = new String(magic, 0, length, StandardCharsets.ISO_8859_1);
    if (text.startsWith("\u00ff\u00d8\u00ff")) {
      return "JPEG";
    } else if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
      return "PNG";
    } else if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
      return "WebP";
    } else if (text.startsWith("GIF8")) {
      return "GIF";
    } else if (text.startsWith("BM") && length == magic.length && text.startsWith("\0\0\0\0", 6)) {
      return "BMP";
    } else if (text.startsWith("II*\0") || text.startsWith("MM\0*")) {
      return "TIFF";
    } else if (text.startsWith("ftypavif", 4) || text.startsWith("ftypavis", 4)) {
      return "AVIF";
    } else if (text.startsWith("ftyphei", 4) || text.startsWith("ftypmif1", 4)) {
      return "HEIC";
    } else if (text.startsWith("\0\0\0\fJXL ") || text.startsWith("\u00ff\n")) {
      return "JPEG XL";
    } else {
      return "";
    }
  }
}
