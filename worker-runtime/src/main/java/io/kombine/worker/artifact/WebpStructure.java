package io.kombine.worker.artifact;

import io.kombine.worker.artifact.ImageInspection.Corrupt;
import io.kombine.worker.artifact.ImageInspection.UnsupportedType;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.stream.ImageInputStream;

/** Walks the chunks of a WebP file: canvas and frame size, EXIF orientation, declared length. */
final class WebpStructure {

  private static final int MAX_CHUNKS = 10_000;
  private static final int MAX_EXIF_BYTES = 1024 * 1024;
  private static final int ANIMATED = 0x02;

  private WebpStructure() {}

  static ImageHeader read(ImageInputStream in) throws IOException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    in.seek(4);
    long end = in.readUnsignedInt() + 8;
    in.seek(12);
    int canvasWidth = 0;
    int canvasHeight = 0;
    int width = 0;
    int height = 0;
    Orientation orientation = Orientation.UPRIGHT;
    for (int chunk = 0; chunk < MAX_CHUNKS && in.getStreamPosition() + 8 <= end; chunk++) {
      String name = name(in);
      long length = in.readUnsignedInt();
      long start = in.getStreamPosition();
      switch (name) {
        case "VP8X" -> {
          int flags = in.readUnsignedByte();
          if ((flags & ANIMATED) != 0) {
            throw new ImageRefusedException(new UnsupportedType("animated WebP"));
          }
          in.skipBytes(3);
          canvasWidth = 1 + unsigned24(in);
          canvasHeight = 1 + unsigned24(in);
        }
        case "VP8 " -> {
          in.skipBytes(6);
          width = in.readUnsignedShort() & 0x3FFF;
          height = in.readUnsignedShort() & 0x3FFF;
        }
        case "VP8L" -> {
          in.skipBytes(1);
          long bits = in.readUnsignedInt();
          width = 1 + (int) (bits & 0x3FFF);
          height = 1 + (int) (bits >> 14 & 0x3FFF);
        }
        case "EXIF" -> {
          byte[] exif = new byte[(int) Math.min(length, MAX_EXIF_BYTES)];
          in.readFully(exif);
          orientation = Orientation.ofExif(exif, 0);
        }
        default -> {}
      }
      requireByte(in, start + length - 1);
      in.seek(start + length + (length & 1));
    }
    // why: a small canvas around a huge frame would be decoded at the frame's size
    if (canvasWidth > 0 && (canvasWidth != width || canvasHeight != height)) {
      throw new ImageRefusedException(new Corrupt());
    }
    requireByte(in, end - 1);
    return new ImageHeader(ImageType.WEBP, width, height, orientation);
  }

  private static void requireByte(ImageInputStream in, long position) throws IOException {
    in.seek(position);
    if (in.read() < 0) {
      throw new EOFException();
    }
  }

  private static int unsigned24(ImageInputStream in) throws IOException {
    return in.readUnsignedShort() | in.readUnsignedByte() << 16;
  }

  private static String name(ImageInputStream in) throws IOException {
    byte[] name = new byte[4];
    in.readFully(name);
    return new String(name, StandardCharsets.ISO_8859_1);
  }
}
