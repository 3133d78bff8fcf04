package io.kombine.i2v.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_TIME_BASE;
import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt_name;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/**
 * What a video file turned out to be after all of its frames were decoded.
 *
 * @param codec such as {@code h264}
 * @param pixelFormat such as {@code yuv420p}
 * @param seconds playing time, to the millisecond
 * @param frames how many were decoded
 */
public record VideoProbe(
    String codec, String pixelFormat, int widthPx, int heightPx, BigDecimal seconds, int frames) {

  /**
   * Decodes a file to its end.
   *
   * @throws IOException when it is no video or does not decode
   */
  public static VideoProbe of(Path file) throws IOException {
    return read(file, frame -> true);
  }

  /** The same, showing the brightness of each frame, row by row, to a consumer. */
  public static VideoProbe of(Path file, Consumer<byte[]> frames) throws IOException {
    return read(
        file,
        frame -> {
          frames.accept(luma(frame));
          return true;
        });
  }

  private static VideoProbe read(Path file, OpenVideo.FrameConsumer frames) throws IOException {
    try (OpenVideo video = new OpenVideo(file)) {
      int count = video.decode(frames);
      if (count == 0) {
        throw new IOException("the video has no frame");
      }
      return new VideoProbe(
          video.codec().name().getString(),
          av_get_pix_fmt_name(video.decoder().pix_fmt()).getString(),
          video.decoder().width(),
          video.decoder().height(),
          BigDecimal.valueOf(video.container().duration())
              .divide(BigDecimal.valueOf(AV_TIME_BASE), 3, RoundingMode.HALF_UP),
          count);
    }
  }

  private static byte[] luma(AVFrame frame) {
    byte[] luma = new byte[frame.width() * frame.height()];
    BytePointer data = frame.data(0);
    for (int y = 0; y < frame.height(); y++) {
      data.position((long) y * frame.linesize(0)).get(luma, y * frame.width(), frame.width());
    }
    return luma;
  }
}
