package io.kombine.worker.artifact;

import io.kombine.worker.artifact.ImageInspection.Corrupt;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.stream.ImageInputStream;

/** Walks the chunks of a PNG file: size, EXIF orientation, checksums, end chunk. */
final class PngStructure {

  private static final int MAX_EXIF_BYTES = 1024 * 1024;

  private PngStructure() {}

  static ImageHeader read(ImageInputStream in) throws IOException {
    in.seek(8);
    if (in.readInt() != 13 || !"IHDR".equals(name(in))) {
      throw new ImageRefusedException(new Corrupt());
    }
    int width = in.readInt();
    int height = in.readInt();
    in.seek(8);
    Orientation orientation = Orientation.UPRIGHT;
    byte[] block = new byte[64 * 1024];
    while (true) {
      long length = in.readUnsignedInt();
      String name = name(in);
      if ("eXIf".equals(name) && length <= MAX_EXIF_BYTES) {
        in.mark();
        byte[] exif = new byte[(int) length];
        in.readFully(exif);
        in.reset();
        orientation = Orientation.ofExif(exif, 0);
      }
      requireChecksum(in, name, length, block);
      if ("IEND".equals(name)) {
        return new ImageHeader(ImageType.PNG, width, height, orientation);
      }
    }
  }

  private static String name(ImageInputStream in) throws IOException {
    byte[] name = new byte[4];
    in.readFully(name);
    return new String(name, StandardCharsets.ISO_8859_1);
  }

  private static void requireChecksum(ImageInputStream in, String name, long length, byte[] block)
      throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(name.getBytes(StandardCharsets.ISO_8859_1));
    long remaining = length;
    while (remaining > 0) {
      int read = in.read(block, 0, (int) Math.min(block.length, remaining));
      if (read < 0) {
        throw new EOFException();
      }
      checksum.update(block, 0, read);
      remaining -= read;
    }
    if (in.readUnsignedInt() != checksum.getValue()) {
      throw new ImageRefusedException(new Corrupt());
    }
  }
}
