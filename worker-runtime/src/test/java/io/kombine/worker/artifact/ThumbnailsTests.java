package io.kombine.worker.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ThumbnailsTests {

  private final Thumbnails thumbnails =
      new Thumbnails(new ImageProbe(50_000_000, 2, Duration.ofSeconds(5)));

  private static BufferedImage read(byte[] jpeg) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(jpeg));
  }

  @Test
  void longestSideIsTheAskedOne() throws IOException {
    BufferedImage wide = read(thumbnails.of(ImageSource.of(SampleImages.jpeg(2000, 1000)), 128));
    BufferedImage tall = read(thumbnails.of(ImageSource.of(SampleImages.png(300, 900)), 256));

    assertThat(wide.getWidth()).isEqualTo(128);
    assertThat(wide.getHeight()).isEqualTo(64);
    assertThat(tall.getWidth()).isEqualTo(85);
    assertThat(tall.getHeight()).isEqualTo(256);
  }

  @Test
  void fineStripesAverageToTheirMean() throws IOException {
    BufferedImage stripes = new BufferedImage(1000, 1000, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 1000; y++) {
      for (int x = 0; x < 1000; x++) {
        stripes.setRGB(x, y, x % 2 == 0 ? 0xFFFFFF : 0);
      }
    }

    BufferedImage small = read(Thumbnails.of(stripes, 128));

    for (int x = 0; x < 128; x++) {
      assertThat(small.getRGB(x, 64) & 0xFF).isBetween(100, 156);
    }
  }

  @Test
  void transparencyBecomesWhite() throws IOException {
    BufferedImage clear = new BufferedImage(400, 400, BufferedImage.TYPE_INT_ARGB);

    assertThat(read(Thumbnails.of(clear, 128)).getRGB(60, 60) & 0xFF).isGreaterThan(250);
  }

  @Test
  void sameImageGivesTheSameBytes() throws IOException {
    byte[] png = SampleImages.png(640, 480);

    assertThat(thumbnails.of(ImageSource.of(png), 128))
        .isEqualTo(thumbnails.of(ImageSource.of(png), 128));
  }

  @Test
  void otherSizesAreRefused() {
    assertThatThrownBy(() -> thumbnails.of(ImageSource.of(SampleImages.png(9, 9)), 100))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
