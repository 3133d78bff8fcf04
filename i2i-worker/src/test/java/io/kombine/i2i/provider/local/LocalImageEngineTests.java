package io.kombine.i2i.provider.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.i2i.image.ImageEncoding;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalImageEngineTests {

  private static final ImageSize SIZE = new ImageSize(320, 240);

  /** Mean difference of a colour channel, 0–255, from which people see two pictures. */
  private static final double VISIBLE = 4;

  private final LocalImageEngine engine = new LocalImageEngine();
  private final BufferedImage source = photograph();

  @Test
  void sameOrderGivesTheSameBytes() throws IOException {
    assertThat(jpeg("at sunset", 0)).isEqualTo(jpeg("at sunset", 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a cold night", "film noir", "vintage postcard", "neon city", "pencil sketch"})
  void promptsAreSeenInTheResult(String prompt) throws IOException {
    assertThat(difference(jpeg(prompt, 0), jpeg("at sunset", 0))).isGreaterThan(VISIBLE);
  }

  @Test
  void unknownWordsDecideTheLookToo() throws IOException {
    assertThat(difference(jpeg("xyzzy", 0), jpeg("plugh", 0))).isGreaterThan(VISIBLE / 2);
  }

  @Test
  void variationsOfOnePromptDiffer() throws IOException {
    assertThat(jpeg("at sunset", 0)).isNotEqualTo(jpeg("at sunset", 1));
  }

  @Test
  void askedSizeAndFormatAreKept() throws IOException {
    byte[] png =
        engine.make(
            List.of(source), new ImageOrder("snow", 0, SIZE, new ImageEncoding.Png(), null));

    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(png).startsWith(0x89, 'P', 'N', 'G');
    assertThat(image.getWidth()).isEqualTo(320);
    assertThat(image.getHeight()).isEqualTo(240);
  }

  @Test
  void noneAndSeveralInputsMakeAPictureToo() throws IOException {
    ImageOrder order = new ImageOrder("ocean waves", 0, SIZE, new ImageEncoding.Jpeg(90), null);

    assertThat(ImageIO.read(new ByteArrayInputStream(engine.make(List.of(), order)))).isNotNull();
    assertThat(ImageIO.read(new ByteArrayInputStream(engine.make(List.of(source, source), order))))
        .isNotNull();
  }

  private byte[] jpeg(String prompt, int variation) throws IOException {
    return engine.make(
        List.of(source), new ImageOrder(prompt, variation, SIZE, new ImageEncoding.Jpeg(90), null));
  }

  private static double difference(byte[] one, byte[] other) throws IOException {
    BufferedImage a = ImageIO.read(new ByteArrayInputStream(one));
    BufferedImage b = ImageIO.read(new ByteArrayInputStream(other));
    long sum = 0;
    for (int y = 0; y < a.getHeight(); y++) {
      for (int x = 0; x < a.getWidth(); x++) {
        Color first = new Color(a.getRGB(x, y));
        Color second = new Color(b.getRGB(x, y));
        sum +=
            Math.abs(first.getRed() - second.getRed())
                + Math.abs(first.getGreen() - second.getGreen())
                + Math.abs(first.getBlue() - second.getBlue());
      }
    }
    return sum / (3.0 * a.getWidth() * a.getHeight());
  }

  private static BufferedImage photograph() {
    BufferedImage image = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setPaint(new GradientPaint(0, 0, Color.ORANGE, 400, 300, Color.DARK_GRAY));
    graphics.fillRect(0, 0, 400, 300);
    graphics.setColor(Color.WHITE);
    graphics.fillOval(120, 60, 160, 160);
    graphics.dispose();
    return image;
  }
}
