package io.kombine.i2v.provider.local;

import io.kombine.worker.artifact.ImageScaling;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/**
 * What the camera looks at: the part of an image that covers the frame's shape, at a fitting size,
 * and the spot in it that draws the eye.
 *
 * @param focusX -1 (left) to 1 (right)
 * @param focusY -1 (top) to 1 (bottom)
 */
record Stage(Yuv image, double focusX, double focusY) {

  private static final int GLANCE_PX = 64;

  static Stage of(BufferedImage source, FrameSize frame, double detail) {
    BufferedImage image = ImageScaling.opaque(source);
    Focus focus = Focus.of(ImageScaling.shrinkToFit(image, GLANCE_PX));
    double ratio = (double) frame.widthPx() / frame.heightPx();
    double cropWidth = Math.min(image.getWidth(), image.getHeight() * ratio);
    double cropHeight = Math.min(image.getHeight(), image.getWidth() / ratio);
    double left = offset(focus.x() * image.getWidth(), cropWidth, image.getWidth());
    double top = offset(focus.y() * image.getHeight(), cropHeight, image.getHeight());

    BufferedImage scaled =
        new BufferedImage(
            even(frame.widthPx() * detail),
            even(frame.heightPx() * detail),
            BufferedImage.TYPE_INT_RGB);
    double scale = scaled.getWidth() / cropWidth;
    // why shrink first: interpolating between neighbours would skip pixels of a much larger image
    int longest = Math.max(image.getWidth(), image.getHeight());
    BufferedImage near = ImageScaling.shrinkToFit(image, (int) Math.ceil(longest * scale));
    Graphics2D graphics = scaled.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.scale(scaled.getWidth() / cropWidth, scaled.getHeight() / cropHeight);
    graphics.translate(-left, -top);
    graphics.scale(
        (double) image.getWidth() / near.getWidth(), (double) image.getHeight() / near.getHeight());
    graphics.drawImage(near, 0, 0, null);
    graphics.dispose();
    return new Stage(
        Yuv.of(scaled),
        inside(focus.x() * image.getWidth(), left, cropWidth),
        inside(focus.y() * image.getHeight(), top, cropHeight));
  }

  private static double offset(double focus, double crop, double whole) {
    return Math.clamp(focus - crop / 2, 0, Math.max(0, whole - crop));
  }

  private static double inside(double focus, double start, double crop) {
    return Math.clamp(2 * (focus - start) / crop - 1, -0.7, 0.7);
  }

  private static int even(double length) {
    return 2 * (int) Math.ceil(length / 2);
  }
}
