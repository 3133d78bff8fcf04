package io.kombine.i2v.provider.local;

import io.kombine.worker.artifact.Thumbnails;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;

/**
 * Moves a camera over a photograph and writes what it sees as an H.264 MP4. Thread-safe: a render
 * uses one thread, its caller's, and holds a few frames in memory whatever the video's length.
 */
final class LocalVideoEngine {

  /** Pixels of the image for one of the frame where nothing is magnified. */
  private static final double DETAIL = 1.25;

  /**
   * Writes a video.
   *
   * @param target a file to be created or replaced
   * @throws IOException when it cannot be written or the thread is interrupted; the target is of no
   *     use then
   */
  RenderedVideo render(BufferedImage image, VideoOrder order, Path target) throws IOException {
    FrameSize size = order.aspect().frame(order.resolution(), image.getWidth(), image.getHeight());
    CameraMove move = CameraWords.moveOf(order);
    Stage stage = Stage.of(image, size, DETAIL);
    CameraPath path =
        new CameraPath(
            move, stage.focusX(), stage.focusY(), (double) size.heightPx() / size.widthPx());
    FrameSampler sampler = new FrameSampler(stage.image(), size);
    int frames = order.frames();
    byte[] poster = new byte[0];
    try (Mp4Writer writer = new Mp4Writer(target, size, VideoOrder.FRAMES_PER_SECOND)) {
      for (int i = 0; i < frames; i++) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("interrupted while rendering a video");
        }
        Yuv frame = sampler.sample(path.at(frames == 1 ? 0 : (double) i / (frames - 1)));
        writer.write(frame);
        if (i == frames / 2) {
          poster = Thumbnails.of(frame.toImage(), Thumbnails.DEFAULT_SIDE_PX);
        }
      }
      writer.finish();
    }
    return new RenderedVideo(size.widthPx(), size.heightPx(), seconds(frames), poster);
  }

  private static BigDecimal seconds(int frames) {
    return BigDecimal.valueOf(frames)
        .divide(BigDecimal.valueOf(VideoOrder.FRAMES_PER_SECOND), 3, RoundingMode.HALF_UP)
        .stripTrailingZeros();
  }
}
