package io.kombine.system;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Small pictures, each of its own, to upload. */
public final class TestPictures {

  private static final int USUAL_WIDTH = 320;
  private static final int USUAL_HEIGHT = 240;

  private TestPictures() {}

  /**
   * Paints PNG files of 320 × 240 pixels into a directory.
   *
   * @param count up to 50
   */
  public static List<Path> paint(Path directory, int count) throws IOException {
    return paint(directory, count, USUAL_WIDTH, USUAL_HEIGHT);
  }

  /** The same in another size, in pixels. */
  public static List<Path> paint(Path directory, int count, int width, int height)
      throws IOException {
    Files.createDirectories(directory);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      Graphics2D pen = picture.createGraphics();
      pen.setPaint(
          new GradientPaint(
              0, 0, Color.getHSBColor(i / 10f, 0.7f, 0.9f), width, height, Color.DARK_GRAY));
      pen.fillRect(0, 0, width, height);
      pen.setPaint(Color.WHITE);
      pen.fillOval(20 + 4 * i, 40, 90, 90);
      pen.dispose();
      Path file = directory.resolve("picture_" + (i + 1) + ".png");
      ImageIO.write(picture, "png", file.toFile());
      files.add(file);
    }
    return files;
  }
}
