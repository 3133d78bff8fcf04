package io.kombine.i2v.video;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.PointerPointer;

/** A video file that is being decoded; an instance belongs to one thread. */
final class OpenVideo implements AutoCloseable {

  /** Sees each decoded frame, which is valid during the call only. */
  @FunctionalInterface
  interface FrameConsumer {

    /**
     * @return whether more are wanted
     */
    boolean accept(AVFrame frame) throws IOException;
  }

  private final AVFormatContext container = new AVFormatContext(null);
  private final AVCodecContext decoder = avcodec_alloc_context3(null);
  private final AVCodec codec;
  private final int index;

  OpenVideo(Path file) throws IOException {
    boolean opened = false;
    try {
      Ffmpeg.check(
          avformat_open_input(container, file.toString(), null, (AVDictionary) null),
          "open the video");
      Ffmpeg.check(
          avformat_find_stream_info(container, (PointerPointer<?>) null), "read the video");
      PointerPointer<AVCodec> found = new PointerPointer<>(1);
      index =
          Ffmpeg.check(
              av_find_best_stream(container, AVMEDIA_TYPE_VIDEO, -1, -1, found, 0),
              "find a video stream");
      AVStream stream = container.streams(index);
      codec = found.get(AVCodec.class);
      Ffmpeg.check(avcodec_parameters_to_context(decoder, stream.codecpar()), "set the decoder");
      Ffmpeg.check(avcodec_open2(decoder, codec, (PointerPointer<?>) null), "open the decoder");
      opened = true;
    } finally {
      if (!opened) {
        close();
      }
    }
  }

  AVFormatContext container() {
    return container;
  }

  AVCodecContext decoder() {
    return decoder;
  }

  AVCodec codec() {
    return codec;
  }

  /** Goes to the last key frame before the middle, if the file lets it. */
  void seekMiddle() {
    if (container.duration() > 0) {
      av_seek_frame(container, -1, container.duration() / 2, AVSEEK_FLAG_BACKWARD);
    }
  }

  /**
   * Decodes from here on, until no more is wanted or the file ends.
   *
   * @return how many frames were decoded
   */
  int decode(FrameConsumer frames) throws IOException {
    AVPacket packet = av_packet_alloc();
    AVFrame frame = av_frame_alloc();
    try {
      int count = 0;
      while (av_read_frame(container, packet) >= 0) {
        int seen = 0;
        if (packet.stream_index() == index) {
          Ffmpeg.check(avcodec_send_packet(decoder, packet), "decode");
          seen = receive(frame, frames);
        }
        av_packet_unref(packet);
        if (seen < 0) {
          return count - seen;
        }
        count += seen;
      }
      Ffmpeg.check(avcodec_send_packet(decoder, null), "decode");
      return count + Math.abs(receive(frame, frames));
    } finally {
      av_packet_free(packet);
      av_frame_free(frame);
    }
  }

  /** How many frames came; negative when no more are wanted. */
  private int receive(AVFrame frame, FrameConsumer frames) throws IOException {
    int count = 0;
    int code = avcodec_receive_frame(decoder, frame);
    while (code >= 0) {
      count++;
      if (!frames.accept(frame)) {
        return -count;
      }
      code = avcodec_receive_frame(decoder, frame);
    }
    if (code != AVERROR_EAGAIN() && code != AVERROR_EOF()) {
      Ffmpeg.check(code, "decode");
    }
    return count;
  }

  @Override
  public void close() {
    avcodec_free_context(decoder);
    avformat_close_input(container);
  }
}
