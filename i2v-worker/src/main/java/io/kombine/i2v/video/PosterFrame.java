package io.kombine.i2v.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.swscale.SWS_AREA;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale_frame;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;

/** The picture that stands for a video. */
public final class PosterFrame {

  private static final int LONGEST_SIDE_PX = 512;
  private static final int CHANNELS = 3;

  private PosterFrame() {}

  /**
   * The key frame before the middle as a JPEG, longest side at most {@value #LONGEST_SIDE_PX}
   * pixels.
   *
   * @throws IOException when the file is no video or does not decode
   */
  public static byte[] of(Path file) throws IOException {
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    try (OpenVideo video = new OpenVideo(file)) {
      video.seekMiddle();
      video.decode(frame -> {
        ImageIO.write(picture(frame), "jpeg", jpeg);
        return false;
      });
    }
    if (jpeg.size() == 0) {
      throw new IOException("the video has no frame");
    }
    return jpeg.toByteArray();
  }

  private static BufferedImage picture(AVFrame frame) throws IOException {
    double scale = Math.min(1, LONGEST_SIDE_PX / (double) Math.max(frame.width(), frame.height()));
    int width = Math.max(1, (int) Math.round(frame.width() * scale));
    int height = Math.max(1, (int) Math.round(frame.height() * scale));
    SwsContext scaler =
        sws_getContext(
            frame.width(),
            frame.height(),
            frame.format(),
            width,
            height,
            AV_PIX_FMT_BGR24,
            SWS_AREA,
            null,
            null,
            (double[]) null);
    if (scaler == null) {
      throw new IOException("the video's pixels cannot be converted");
    }
    AVFrame scaled = av_frame_alloc();
    try {
      Ffmpeg.check(sws_scale_frame(scaler, scaled, frame), "scale a frame");
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
      byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
      BytePointer rows = scaled.data(0);
      for (int y = 0; y < height; y++) {
        rows.position((long) y * scaled.linesize(0))
            .get(pixels, y * width * CHANNELS, width * CHANNELS);
      }
      return image;
    } finally {
      av_frame_free(scaled);
      sws_freeContext(scaler);
    }
  }
}
