package io.kombine.worker.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kombine.worker.artifact.ImageInspection.Accepted;
import io.kombine.worker.artifact.ImageInspection.Corrupt;
import io.kombine.worker.artifact.ImageInspection.NotAnImage;
import io.kombine.worker.artifact.ImageInspection.TooManyPixels;
import io.kombine.worker.artifact.ImageInspection.Truncated;
import io.kombine.worker.artifact.ImageInspection.UnsupportedType;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageProbeTests {

  private final ImageProbe probe = new ImageProbe(50_000_000, 2, Duration.ofSeconds(5));

  private ImageInspection inspect(byte[] bytes) throws IOException {
    return probe.inspect(ImageSource.of(bytes));
  }

  @Test
  void imagesOfEachTakenTypeAreAccepted() throws IOException {
    assertThat(inspect(SampleImages.png(40, 30))).isEqualTo(new Accepted(ImageType.PNG, 40, 30));
    assertThat(inspect(SampleImages.jpeg(41, 31))).isEqualTo(new Accepted(ImageType.JPEG, 41, 31));
    assertThat(inspect(SampleImages.webp())).isEqualTo(new Accepted(ImageType.WEBP, 1, 1));
  }

  @Test
  void whatIsNoImageIsSaidToBeNone() throws IOException {
    assertThat(inspect(new byte[0])).isEqualTo(new NotAnImage());
    assertThat(inspect("<html>".getBytes(StandardCharsets.UTF_8))).isEqualTo(new NotAnImage());
  }

  @Test
  void otherImageTypesAreNamed() throws IOException {
    byte[] gif = SampleImages.encode(SampleImages.picture(4, 4), "gif");
    byte[] bmp = SampleImages.encode(SampleImages.picture(4, 4), "bmp");
    byte[] tiff = SampleImages.encode(SampleImages.picture(4, 4), "tiff");

    assertThat(inspect(gif)).isEqualTo(new UnsupportedType("GIF"));
    assertThat(inspect(bmp)).isEqualTo(new UnsupportedType("BMP"));
    assertThat(inspect(tiff)).isEqualTo(new UnsupportedType("TIFF"));
  }

  @Test
  void pixelBombIsRefusedFromItsHeader() throws IOException {
    assertThat(inspect(SampleImages.pngClaiming(40_000, 40_000)))
        .isEqualTo(new TooManyPixels(40_000, 40_000, 50_000_000));
    assertThatThrownBy(
            () -> probe.decode(ImageSource.of(SampleImages.pngClaiming(40_000, 40_000)), 128))
        .isInstanceOf(ImageRefusedException.class)
        .hasMessageContaining("50 million");
  }

  @Test
  void sizesAtTheLimitAreTakenAndAboveAreNot() throws IOException {
    ImageProbe small = new ImageProbe(1200, 1, Duration.ofSeconds(5));

    assertThat(small.inspect(ImageSource.of(SampleImages.png(40, 30))))
        .isInstanceOf(Accepted.class);
    assertThat(small.inspect(ImageSource.of(SampleImages.png(40, 31))))
        .isEqualTo(new TooManyPixels(40, 31, 1200));
  }

  @Test
  void headersThatClaimNoOrNegativePixelsAreCorrupt() throws IOException {
    assertThat(inspect(SampleImages.pngClaiming(0, 10))).isEqualTo(new Corrupt());
    assertThat(inspect(SampleImages.pngClaiming(-5, 10))).isEqualTo(new Corrupt());
  }

  @Test
  void headerWithoutItsPixelsIsCorrupt() throws IOException {
    assertThat(inspect(SampleImages.pngClaiming(300, 300))).isEqualTo(new Corrupt());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 0.6, 0.9, 0.99})
  void cutImagesAreTruncatedWhereverTheyWereCut(double part) throws IOException {
    byte[] png = SampleImages.png(400, 300);
    byte[] jpeg = SampleImages.jpeg(400, 300);

    assertThat(inspect(SampleImages.cut(png, Math.max(12, (int) (png.length * part)))))
        .isEqualTo(new Truncated());
    assertThat(inspect(SampleImages.cut(jpeg, (int) (jpeg.length * part))))
        .isEqualTo(new Truncated());
  }

  @Test
  void oneMissingByteIsNoticed() throws IOException {
    byte[] png = SampleImages.png(40, 30);
    byte[] jpeg = SampleImages.jpeg(40, 30);
    byte[] webp = SampleImages.webp();

    assertThat(inspect(SampleImages.cut(png, png.length - 1))).isEqualTo(new Truncated());
    assertThat(inspect(SampleImages.cut(jpeg, jpeg.length - 1))).isEqualTo(new Truncated());
    assertThat(inspect(SampleImages.cut(webp, webp.length - 1))).isEqualTo(new Truncated());
  }

  @Test
  void flippedBitInPngIsCorrupt() throws IOException {
    byte[] png = SampleImages.png(40, 30);
    png[png.length / 2] ^= 4;

    assertThat(inspect(png)).isEqualTo(new Corrupt());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 60, 40, red, blue",
    "2, 60, 40, blue, red",
    "3, 60, 40, blue, red",
    "6, 40, 60, mixed, mixed",
    "8, 40, 60, mixed, mixed"
  })
  void orientationIsAppliedToSizeAndPixels(
      int orientation, int width, int height, String left, String right) throws IOException {
    byte[] jpeg = SampleImages.oriented(SampleImages.jpeg(60, 40), orientation);

    assertThat(inspect(jpeg)).isEqualTo(new Accepted(ImageType.JPEG, width, height));
    BufferedImage image = probe.decode(ImageSource.of(jpeg), 1000);
    assertThat(image.getWidth()).isEqualTo(width);
    assertThat(image.getHeight()).isEqualTo(height);
    if (!"mixed".equals(left)) {
      assertThat(colour(image.getRGB(4, height / 2))).isEqualTo(left);
      assertThat(colour(image.getRGB(width - 5, height / 2))).isEqualTo(right);
    } else {
      // why: 6 means that the stored left side is the top as seen, 8 that it is the bottom
      assertThat(colour(image.getRGB(width / 2, 4))).isEqualTo(orientation == 6 ? "red" : "blue");
    }
  }

  private static String colour(int rgb) {
    return (rgb >> 16 & 0xFF) > (rgb & 0xFF) ? "red" : "blue";
  }

  @Test
  void decodingShrinksToTheAskedSideAndNeverEnlarges() throws IOException {
    BufferedImage shrunk = probe.decode(ImageSource.of(SampleImages.jpeg(3000, 1500)), 400);
    BufferedImage kept = probe.decode(ImageSource.of(SampleImages.jpeg(30, 20)), 400);

    assertThat(shrunk.getWidth()).isEqualTo(400);
    assertThat(shrunk.getHeight()).isEqualTo(200);
    assertThat(kept.getWidth()).isEqualTo(30);
  }

  @Test
  void transparencyIsKept() throws IOException {
    BufferedImage clear = new BufferedImage(20, 20, BufferedImage.TYPE_INT_ARGB);

    BufferedImage decoded = probe.decode(ImageSource.of(SampleImages.encode(clear, "png")), 100);

    assertThat(decoded.getColorModel().hasAlpha()).isTrue();
    assertThat(ImageScaling.opaque(decoded).getRGB(3, 3)).isEqualTo(0xFFFFFFFF);
  }

  @Test
  void callerWithoutAFreeDecoderGivesUpAfterItsWait() throws Exception {
    ImageProbe single = new ImageProbe(50_000_000, 1, Duration.ofMillis(50));
    byte[] png = SampleImages.png(40, 30);
    CountDownLatch decoding = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    ImageSource slow = () -> new HeldStream(png, decoding, release);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<ImageInspection> first = threads.submit(() -> single.inspect(slow));
      assertThat(decoding.await(5, TimeUnit.SECONDS)).isTrue();

      assertThatThrownBy(() -> single.inspect(ImageSource.of(png)))
          .isInstanceOf(DecodingBusyException.class);

      release.countDown();
      assertThat(first.get()).isInstanceOf(Accepted.class);
    }
  }

  /** Holds its reader when it comes back to the beginning to decode. */
  private static final class HeldStream extends MemoryCacheImageInputStream {

    private final CountDownLatch decoding;
    private final CountDownLatch release;
    private int rewinds;

    HeldStream(byte[] bytes, CountDownLatch decoding, CountDownLatch release) {
      super(new ByteArrayInputStream(bytes));
      this.decoding = decoding;
      this.release = release;
    }

    @Override
    public void seek(long position) throws IOException {
      super.seek(position);
      if (position == 0 && ++rewinds == 2) {
        decoding.countDown();
        try {
          release.await();
        } catch (InterruptedException interrupted) {
          throw new IOException(interrupted);
        }
      }
    }
  }

  @Test
  void sourcesAreClosed() throws IOException {
    boolean[] closed = new boolean[1];
    ImageSource source =
        () -> {
          ImageInputStream in =
              new MemoryCacheImageInputStream(new ByteArrayInputStream(SampleImages.png(4, 4))) {
                @Override
                public void close() throws IOException {
                  closed[0] = true;
                  super.close();
                }
              };
          return in;
        };

    probe.inspect(source);

    assertThat(closed[0]).isTrue();
  }
}
