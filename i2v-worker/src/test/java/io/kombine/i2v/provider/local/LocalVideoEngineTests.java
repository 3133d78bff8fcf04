package io.kombine.i2v.provider.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kombine.i2v.video.VideoProbe;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalVideoEngineTests {

  private final LocalVideoEngine engine = new LocalVideoEngine();
  @TempDir Path directory;

  private static BufferedImage scene(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(0x335577));
    graphics.fillRect(0, 0, width, height);
    Random random = new Random(42);
    for (int i = 0; i < 60; i++) {
      graphics.setColor(new Color(random.nextInt(0x1000000)));
      graphics.fillOval(random.nextInt(width), random.nextInt(height), width / 9, width / 9);
    }
    graphics.dispose();
    return image;
  }

  private static VideoOrder order(String prompt, String aspect, String seconds) {
    return new VideoOrder(
        prompt, 0, null, null, Resolution.P480, Aspect.of(aspect), new BigDecimal(seconds));
  }

  private Path render(BufferedImage image, VideoOrder order) throws IOException {
    Path file = Files.createTempFile(directory, "video", ".mp4");
    engine.render(image, order, file);
    return file;
  }

  private static List<byte[]> frames(Path file) throws IOException {
    List<byte[]> frames = new ArrayList<>();
    VideoProbe.of(file, frames::add);
    return frames;
  }

  private static double difference(byte[] a, byte[] b) {
    long sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs((a[i] & 0xFF) - (b[i] & 0xFF));
    }
    return (double) sum / a.length;
  }

  @ParameterizedTest
  @CsvSource({
    "480p, 16:9, 854, 480",
    "480p, 9:16, 480, 854",
    "480p, 1:1, 480, 480",
    "480p, source, 720, 480",
    "720p, 16:9, 1280, 720",
    "1080p, 9:16, 1080, 1920"
  })
  void videoIsH264OfTheAskedSizeAndLength(String resolution, String aspect, int width, int height)
      throws IOException {
    Path file = directory.resolve("video.mp4");
    VideoOrder order =
        new VideoOrder(
            "zoom in",
            0,
            null,
            null,
            Resolution.of(resolution),
            Aspect.of(aspect),
            new BigDecimal("0.5"));

    RenderedVideo rendered = engine.render(scene(600, 400), order, file);

    assertThat(VideoProbe.of(file))
        .isEqualTo(new VideoProbe("h264", "yuv420p", width, height, new BigDecimal("0.500"), 12));
    assertThat(rendered.widthPx()).isEqualTo(width);
    assertThat(rendered.heightPx()).isEqualTo(height);
    assertThat(rendered.seconds()).isEqualByComparingTo("0.5");
    BufferedImage poster = ImageIO.read(new ByteArrayInputStream(rendered.posterJpeg()));
    assertThat(Math.max(poster.getWidth(), poster.getHeight())).isEqualTo(128);
  }

  @Test
  void lengthIsWholeFramesAtTwentyFourASecond() throws IOException {
    assertThat(VideoProbe.of(render(scene(300, 200), order("pan left", "1:1", "2"))).frames())
        .isEqualTo(48);
    assertThat(VideoProbe.of(render(scene(300, 200), order("pan left", "1:1", "0.01"))).frames())
        .isEqualTo(1);
  }

  @Test
  void indexStandsInFrontOfTheMedia() throws IOException {
    String bytes =
        new String(
            Files.readAllBytes(render(scene(300, 200), order("zoom in", "1:1", "0.5"))),
            StandardCharsets.ISO_8859_1);

    assertThat(bytes.indexOf("moov")).isPositive().isLessThan(bytes.indexOf("mdat"));
  }

  @Test
  void sameOrderGivesTheSameBytesAlsoInParallel() throws Exception {
    BufferedImage image = scene(640, 480);
    VideoOrder order = order("orbit around it", "16:9", "1");
    byte[] expected = Files.readAllBytes(render(image, order));
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<byte[]>> again = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        again.add(threads.submit(() -> Files.readAllBytes(render(image, order))));
      }
      for (Future<byte[]> bytes : again) {
        assertThat(Arrays.equals(bytes.get(), expected)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zoom in",
        "zoom out",
        "pan left",
        "pan right",
        "tilt up",
        "tilt down",
        "orbit",
        "push in",
        "crane shot",
        "handheld",
        "rotate",
        "something else altogether"
      })
  void framesMoveAndMoveSmoothly(String prompt) throws IOException {
    List<byte[]> frames = frames(render(scene(900, 600), order(prompt, "16:9", "2")));

    assertThat(difference(frames.getFirst(), frames.getLast())).isGreaterThan(4);
    double total = 0;
    double largest = 0;
    for (int i = 1; i < frames.size(); i++) {
      double step = difference(frames.get(i - 1), frames.get(i));
      total += step;
      largest = Math.max(largest, step);
    }
    assertThat(largest).isLessThan(4 * total / (frames.size() - 1));
  }

  @Test
  void stillCameraStandsStill() throws IOException {
    List<byte[]> frames = frames(render(scene(900, 600), order("static shot", "16:9", "1")));

    assertThat(difference(frames.getFirst(), frames.getLast())).isLessThan(1);
  }

  @Test
  void differentPromptsGiveDifferentVideos() throws IOException {
    BufferedImage image = scene(600, 400);

    assertThat(Files.readAllBytes(render(image, order("zoom in on the cup", "16:9", "0.5"))))
        .isNotEqualTo(
            Files.readAllBytes(render(image, order("zoom in on the cat", "16:9", "0.5"))));
  }

  @Test
  void tinyAndExtremeImagesFillTheFrame() throws IOException {
    for (BufferedImage image : List.of(scene(16, 16), scene(2000, 60), scene(60, 2000))) {
      VideoProbe probe = VideoProbe.of(render(image, order("zoom out", "source", "0.2")));
      assertThat(probe.widthPx() % 2).isZero();
      assertThat(probe.heightPx() % 2).isZero();
      assertThat(Math.max(probe.widthPx(), probe.heightPx())).isLessThanOrEqualTo(1152);
    }
  }

  @Test
  void damagedVideoDoesNotPassTheProbe() throws IOException {
    Path file = Files.write(directory.resolve("no.mp4"), new byte[5000]);

    assertThatThrownBy(() -> VideoProbe.of(file)).isInstanceOf(IOException.class);
  }

  @Test
  void unwritableTargetIsAnError() {
    assertThatThrownBy(() ->
            engine.render(
                scene(100, 100),
                order("zoom in", "1:1", "0.2"),
                directory.resolve("missing/out.mp4")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot open");
  }

  @Test
  void ordersOutOfBoundsAreRefused() {
    assertThatThrownBy(() -> order("x", "16:9", "0")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> order("x", "16:9", "61")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> order("x", "4:3", "1")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Resolution.of("4k")).isInstanceOf(IllegalArgumentException.class);
  }
}
