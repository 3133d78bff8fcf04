package io.kombine.i2v.provider.local;

/**
 * Fills frames from an image through camera views, interpolating between pixels so that motion is
 * smooth however slow. One frame buffer is reused; an instance belongs to one thread.
 */
final class FrameSampler {

  /** Pixels over which a view is taken as straight; the error stays far below a pixel. */
  private static final int SEGMENT = 32;

  private final Yuv image;
  private final Yuv frame;

  FrameSampler(Yuv image, FrameSize size) {
    this.image = image;
    this.frame = Yuv.blank(size.widthPx(), size.heightPx());
  }

  /** The frame as seen; valid until the next call. */
  Yuv sample(CameraView view) {
    int chromaWidth = image.width() / 2;
    int chromaHeight = image.height() / 2;
    int width = frame.width();
    int height = frame.height();
    plane(view, image.luma(), image.width(), image.height(), frame.luma(), width, height);
    plane(view, image.blue(), chromaWidth, chromaHeight, frame.blue(), width / 2, height / 2);
    plane(view, image.red(), chromaWidth, chromaHeight, frame.red(), width / 2, height / 2);
    return frame;
  }

  private static void plane(
      CameraView view,
      byte[] from,
      int fromWidth,
      int fromHeight,
      byte[] to,
      int width,
      int height) {
    double unit = 2.0 / width;
    double fromUnit = fromWidth / 2.0;
    for (int y = 0; y < height; y++) {
      double frameY = (y + 0.5 - height / 2.0) * unit;
      for (int x = 0; x < width; x += SEGMENT) {
        int end = Math.min(width, x + SEGMENT);
        double left = (x + 0.5) * unit - 1;
        double right = (end + 0.5) * unit - 1;
        int startX = fixed(view.imageX(left, frameY) * fromUnit + fromWidth / 2.0 - 0.5);
        int startY = fixed(view.imageY(left, frameY) * fromUnit + fromHeight / 2.0 - 0.5);
        int endX = fixed(view.imageX(right, frameY) * fromUnit + fromWidth / 2.0 - 0.5);
        int endY = fixed(view.imageY(right, frameY) * fromUnit + fromHeight / 2.0 - 0.5);
        segment(
            from,
            fromWidth,
            fromHeight,
            startX,
            startY,
            (endX - startX) / (end - x),
            (endY - startY) / (end - x),
            to,
            y * width + x,
            end - x);
      }
    }
  }

  private static int fixed(double value) {
    return (int) StrictMath.rint(value * 65_536);
  }

  private static void segment(
      byte[] from,
      int fromWidth,
      int fromHeight,
      int startX,
      int startY,
      int stepX,
      int stepY,
      byte[] to,
      int at,
      int count) {
    int maxX = (fromWidth - 1 << 16) - 1;
    int maxY = (fromHeight - 1 << 16) - 1;
    int sourceX = startX;
    int sourceY = startY;
    for (int i = 0; i < count; i++) {
      int x = Math.max(0, Math.min(maxX, sourceX));
      int y = Math.max(0, Math.min(maxY, sourceY));
      int partX = x >> 8 & 0xFF;
      int partY = y >> 8 & 0xFF;
      int corner = (y >> 16) * fromWidth + (x >> 16);
      int upper = (from[corner] & 0xFF) * (256 - partX) + (from[corner + 1] & 0xFF) * partX;
      int lower =
          (from[corner + fromWidth] & 0xFF) * (256 - partX)
              + (from[corner + fromWidth + 1] & 0xFF) * partX;
      to[at + i] = (byte) (upper * (256 - partY) + lower * partY + 32_768 >> 16);
      sourceX += stepX;
      sourceY += stepY;
    }
  }
}
