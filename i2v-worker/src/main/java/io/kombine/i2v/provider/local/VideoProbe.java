package io.kombine.i2v.provider.local;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_TIME_BASE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt_name;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * What a video file turned out to be after all of its frames were decoded.
 *
 * @param codec such as {@code h264}
 * @param pixelFormat such as {@code yuv420p}
 * @param seconds playing time, to the millisecond
 * @param frames how many were decoded
 */
record VideoProbe(
    String codec, String pixelFormat, int widthPx, int heightPx, BigDecimal seconds, int frames) {

  /**
   * Decodes a file to its end.
   *
   * @throws IOException when it is no video or does not decode
   */
  static VideoProbe of(Path file) throws IOException {
    return of(file, frame -> {});
  }

  /** The same, showing the brightness of each frame, row by row, to a consumer. */
  static VideoProbe of(Path file, Consumer<byte[]> frames) throws IOException {
    AVFormatContext container = new AVFormatContext(null);
    Ffmpeg.check(
        avformat_open_input(container, file.toString(), null, (AVDictionary) null), "open " + file);
    AVCodecContext decoder = avcodec_alloc_context3(null);
    try {
      Ffmpeg.check(avformat_find_stream_info(container, (PointerPointer<?>) null), "read " + file);
      PointerPointer<AVCodec> found = new PointerPointer<>(1);
      int index =
          Ffmpeg.check(
              av_find_best_stream(container, AVMEDIA_TYPE_VIDEO, -1, -1, found, 0),
              "find a video stream");
      AVStream stream = container.streams(index);
      AVCodec codec = found.get(AVCodec.class);
      Ffmpeg.check(avcodec_parameters_to_context(decoder, stream.codecpar()), "set the decoder");
      Ffmpeg.check(avcodec_open2(decoder, codec, (PointerPointer<?>) null), "open the decoder");
      int count = decode(container, decoder, index, frames);
      return new VideoProbe(
          codec.name().getString(),
          av_get_pix_fmt_name(decoder.pix_fmt()).getString(),
          decoder.width(),
          decoder.height(),
          BigDecimal.valueOf(container.duration())
              .divide(BigDecimal.valueOf(AV_TIME_BASE), 3, RoundingMode.HALF_UP),
          count);
    } finally {
      avcodec_free_context(decoder);
      avformat_close_input(container);
    }
  }

  private static int decode(
      AVFormatContext container, AVCodecContext decoder, int index, Consumer<byte[]> frames)
      throws IOException {
    AVPacket packet = av_packet_alloc();
    AVFrame frame = av_frame_alloc();
    try {
      int count = 0;
      while (av_read_frame(container, packet) >= 0) {
        if (packet.stream_index() == index) {
          Ffmpeg.check(avcodec_send_packet(decoder, packet), "decode");
          count += receive(decoder, frame, frames);
        }
        av_packet_unref(packet);
      }
      Ffmpeg.check(avcodec_send_packet(decoder, null), "decode");
      return count + receive(decoder, frame, frames);
    } finally {
      av_packet_free(packet);
      av_frame_free(frame);
    }
  }

  private static int receive(AVCodecContext decoder, AVFrame frame, Consumer<byte[]> frames)
      throws IOException {
    int count = 0;
    int code = avcodec_receive_frame(decoder, frame);
    while (code >= 0) {
      frames.accept(luma(frame));
      count++;
      code = avcodec_receive_frame(decoder, frame);
    }
    if (code != AVERROR_EAGAIN() && code != AVERROR_EOF()) {
      Ffmpeg.check(code, "decode");
    }
    return count;
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
