package io.kombine.worker.artifact;

import io.kombine.worker.artifact.ImageInspection.Corrupt;
import io.kombine.worker.artifact.ImageInspection.Truncated;
import io.kombine.worker.artifact.ImageInspection.UnsupportedType;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/** Walks the segments of a JPEG file: frame size, EXIF orientation, end marker. */
final class JpegStructure {

  private static final int APP1 = 0xE1;
  private static final int START_OF_SCAN = 0xDA;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int MAX_SEGMENTS = 10_000;
  private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};

  private JpegStructure() {}

  static ImageHeader read(ImageInputStream in) throws IOException {
    in.seek(2);
    int width = 0;
    int height = 0;
    Orientation orientation = Orientation.UPRIGHT;
    for (int segment = 0; segment < MAX_SEGMENTS; segment++) {
      int marker = nextMarker(in);
      if (marker == END_OF_IMAGE) {
        throw new ImageRefusedException(new Corrupt());
      }
      long start = in.getStreamPosition();
      int length = in.readUnsignedShort();
      if (length < 2) {
        throw new ImageRefusedException(new Corrupt());
      }
      if (isStartOfFrame(marker)) {
        in.readUnsignedByte();
        height = in.readUnsignedShort();
        width = in.readUnsignedShort();
        if (in.readUnsignedByte() == 4) {
          throw new ImageRefusedException(new UnsupportedType("CMYK JPEG"));
        }
      } else if (marker == APP1) {
        orientation = orientationOf(in, length - 2, orientation);
      } else if (marker == START_OF_SCAN) {
        in.seek(start + length);
        requireEnd(in);
        return new ImageHeader(ImageType.JPEG, width, height, orientation);
      }
      in.seek(start + length);
    }
    throw new ImageRefusedException(new Corrupt());
  }

  private static int nextMarker(ImageInputStream in) throws IOException {
    if (in.readUnsignedByte() != 0xFF) {
      throw new ImageRefusedException(new Corrupt());
    }
    int marker = in.readUnsignedByte();
    while (marker == 0xFF) {
      marker = in.readUnsignedByte();
    }
    return marker;
  }

  private static boolean isStartOfFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static Orientation orientationOf(ImageInputStream in, int length, Orientation known)
      throws IOException {
    byte[] segment = new byte[length];
    in.readFully(segment);
    if (length < EXIF.length) {
      return known;
    }
    for (int i = 0; i < EXIF.length; i++) {
      if (segment[i] != EXIF[i]) {
        return known;
      }
    }
    return Orientation.ofExif(segment, EXIF.length);
  }

  /** Within coded pixels the end marker cannot occur, so its absence means the file was cut. */
  private static void requireEnd(ImageInputStream in) throws IOException {
    byte[] block = new byte[64 * 1024];
    boolean escaped = false;
    for (int read = in.read(block); read > 0; read = in.read(block)) {
      for (int i = 0; i < read; i++) {
        if (escaped && (block[i] & 0xFF) == END_OF_IMAGE) {
          return;
        }
        escaped = block[i] == (byte) 0xFF;
      }
    }
    throw new ImageRefusedException(new Truncated());
  }
}
