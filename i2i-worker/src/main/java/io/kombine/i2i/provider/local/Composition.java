package io.kombine.i2i.provider.local;

import io.kombine.worker.artifact.ImageScaling;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;

/** Brings the inputs of an image together: the first covers it, the others lie upon it as cards. */
final class Composition {

  /** Cards that have a place; inputs beyond them only lend their colours. */
  static final int MOST_CARDS = 4;

  private Composition() {}

  /** The part of an image that fills a size, a little nearer or farther as chance will have it. */
  static Picture cover(BufferedImage source, ImageSize size, Random random) {
    BufferedImage image = ImageScaling.opaque(source);
    double zoom = 1 + 0.07 * random.nextDouble();
    double scale =
        Math.max(
                (double) size.widthPx() / image.getWidth(),
                (double) size.heightPx() / image.getHeight())
            * zoom;
    // why shrink first: interpolating between neighbours would skip pixels of a much larger image
    int longest = Math.max(image.getWidth(), image.getHeight());
    BufferedImage near = ImageScaling.shrinkToFit(image, (int) Math.ceil(longest * scale));
    double width = image.getWidth() * scale;
    double height = image.getHeight() * scale;
    double left = -(width - size.widthPx()) * (0.35 + 0.3 * random.nextDouble());
    double top = -(height - size.heightPx()) * (0.35 + 0.3 * random.nextDouble());
    BufferedImage covered =
        new BufferedImage(size.widthPx(), size.heightPx(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = smooth(covered);
    graphics.translate(left, top);
    graphics.scale(width / near.getWidth(), height / near.getHeight());
    graphics.drawImage(near, 0, 0, null);
    graphics.dispose();
    return Picture.of(covered);
  }

  /** Lays images as framed cards with shadows into the lower part of a picture. */
  static void addCards(Picture picture, List<BufferedImage> images, Random random) {
    BufferedImage canvas = picture.toImage();
    int count = Math.min(MOST_CARDS, images.size());
    double unit = Math.min(picture.width, picture.height);
    double side = unit * (count == 1 ? 0.36 : 0.78 / count);
    boolean fromRight = random.nextBoolean();
    double gap = unit * 0.04;
    for (int i = 0; i < count; i++) {
      BufferedImage image = ImageScaling.opaque(images.get(i));
      double ratio = Math.clamp((double) image.getWidth() / image.getHeight(), 0.6, 1.6);
      int width = Math.max(8, (int) (ratio >= 1 ? side : side * ratio));
      int height = Math.max(8, (int) (ratio >= 1 ? side / ratio : side));
      double offset = gap + i * (side + gap * 0.8);
      double x = fromRight ? picture.width - offset - width : offset;
      double y = picture.height - gap - height;
      card(canvas, cover(image, width, height), x, y, unit);
    }
    canvas.getRaster().getDataElements(0, 0, picture.width, picture.height, picture.rgb);
  }

  private static BufferedImage cover(BufferedImage image, int width, int height) {
    double scale = Math.max((double) width / image.getWidth(), (double) height / image.getHeight());
    int longest = Math.max(image.getWidth(), image.getHeight());
    BufferedImage near =
        ImageScaling.shrinkToFit(image, Math.max(1, (int) Math.ceil(longest * scale)));
    BufferedImage covered = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = smooth(covered);
    double drawnWidth = image.getWidth() * scale;
    double drawnHeight = image.getHeight() * scale;
    graphics.translate((width - drawnWidth) / 2, (height - drawnHeight) / 2);
    graphics.scale(drawnWidth / near.getWidth(), drawnHeight / near.getHeight());
    graphics.drawImage(near, 0, 0, null);
    graphics.dispose();
    return covered;
  }

  private static void card(
      BufferedImage canvas, BufferedImage image, double x, double y, double unit) {
    Graphics2D graphics = smooth(canvas);
    double round = unit * 0.03;
    graphics.translate(x, y);
    for (int i = 10; i > 0; i--) {
      double spread = unit * 0.0025 * i;
      graphics.setColor(new Color(0, 0, 0, 10));
      graphics.fill(
          new RoundRectangle2D.Double(
              -spread,
              -spread + unit * 0.008,
              image.getWidth() + 2 * spread,
              image.getHeight() + 2 * spread,
              round + 2 * spread,
              round + 2 * spread));
    }
    RoundRectangle2D frame =
        new RoundRectangle2D.Double(0, 0, image.getWidth(), image.getHeight(), round, round);
    graphics.setPaint(
        new java.awt.TexturePaint(
            image, new java.awt.Rectangle(0, 0, image.getWidth(), image.getHeight())));
    graphics.fill(frame);
    graphics.setColor(new Color(255, 255, 255, 235));
    graphics.setStroke(new BasicStroke((float) Math.max(1, unit * 0.006)));
    graphics.draw(frame);
    graphics.dispose();
  }

  private static Graphics2D smooth(BufferedImage image) {
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    return graphics;
  }
}
