package io.kombine.worker.artifact;

import java.awt.geom.AffineTransform;
import java.awt.image.AffineTransformOp;
import java.awt.image.BufferedImage;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How a stored image must be turned to be seen upright: EXIF's values 1 to 8, in that order. */
enum Orientation {
  UPRIGHT,
  MIRRORED,
  UPSIDE_DOWN,
  UPSIDE_DOWN_MIRRORED,
  TURNED_LEFT_MIRRORED,
  TURNED_LEFT,
  TURNED_RIGHT_MIRRORED,
  TURNED_RIGHT;

  private static final int ORIENTATION_TAG = 0x0112;

  boolean swapsSides() {
    return ordinal() >= TURNED_LEFT_MIRRORED.ordinal();
  }

  /** Reads the orientation from a TIFF structure; what is unreadable is taken as upright. */
  static Orientation ofExif(byte[] exif, int offset) {
    try {
      ByteBuffer tiff = ByteBuffer.wrap(exif, offset, exif.length - offset).slice();
      tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      int directory = tiff.getInt(4);
      int entries = Short.toUnsignedInt(tiff.getShort(directory));
      for (int entry = 0; entry < entries; entry++) {
        int at = directory + 2 + entry * 12;
        if (Short.toUnsignedInt(tiff.getShort(at)) == ORIENTATION_TAG) {
          int value = tiff.getShort(at + 8);
          return value >= 1 && value <= 8 ? values()[value - 1] : UPRIGHT;
        }
      }
      return UPRIGHT;
    } catch (IndexOutOfBoundsException | BufferUnderflowException _) {
      return UPRIGHT; // why: browsers show images with damaged EXIF as they are stored
    }
  }

  BufferedImage apply(BufferedImage stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    int width = stored.getWidth();
    int height = stored.getHeight();
    AffineTransform turn =
        switch (this) {
          case UPRIGHT -> new AffineTransform();
          case MIRRORED -> new AffineTransform(-1, 0, 0, 1, width, 0);
          case UPSIDE_DOWN -> new AffineTransform(-1, 0, 0, -1, width, height);
          case UPSIDE_DOWN_MIRRORED -> new AffineTransform(1, 0, 0, -1, 0, height);
          case TURNED_LEFT_MIRRORED -> new AffineTransform(0, 1, 1, 0, 0, 0);
          case TURNED_LEFT -> new AffineTransform(0, 1, -1, 0, height, 0);
          case TURNED_RIGHT_MIRRORED -> new AffineTransform(0, -1, -1, 0, height, width);
          case TURNED_RIGHT -> new AffineTransform(0, -1, 1, 0, 0, width);
        };
    BufferedImage upright =
        new BufferedImage(
            swapsSides() ? height : width, swapsSides() ? width : height, stored.getType());
    return new AffineTransformOp(turn, AffineTransformOp.TYPE_NEAREST_NEIGHBOR)
        .filter(stored, upright);
  }
}
