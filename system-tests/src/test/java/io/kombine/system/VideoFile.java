package io.kombine.system;

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
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.PointerPointer;

/** What a video turned out to be once all of its frames were decoded by FFmpeg. */
record VideoFile(String codec, int widthPx, int heightPx, int frames) {

  static VideoFile decode(Path file) throws IOException {
    AVFormatContext container = new AVFormatContext(null);
    check(avformat_open_input(container, file.toString(), null, (AVDictionary) null), file);
    AVCodecContext decoder = avcodec_alloc_context3(null);
    AVPacket packet = av_packet_alloc();
    AVFrame frame = av_frame_alloc();
    try {
      check(avformat_find_stream_info(container, (PointerPointer<?>) null), file);
      PointerPointer<AVCodec> found = new PointerPointer<>(1);
      int index = check(av_find_best_stream(container, AVMEDIA_TYPE_VIDEO, -1, -1, found, 0), file);
      AVCodec codec = found.get(AVCodec.class);
      check(avcodec_parameters_to_context(decoder, container.streams(index).codecpar()), file);
      check(avcodec_open2(decoder, codec, (PointerPointer<?>) null), file);
      int frames = 0;
      while (av_read_frame(container, packet) >= 0) {
        if (packet.stream_index() == index) {
          check(avcodec_send_packet(decoder, packet), file);
          frames += receive(decoder, frame);
        }
        av_packet_unref(packet);
      }
      check(avcodec_send_packet(decoder, null), file);
      frames += receive(decoder, frame);
      return new VideoFile(codec.name().getString(), decoder.width(), decoder.height(), frames);
    } finally {
      av_packet_free(packet);
      av_frame_free(frame);
      avcodec_free_context(decoder);
      avformat_close_input(container);
    }
  }

  private static int receive(AVCodecContext decoder, AVFrame frame) {
    int frames = 0;
    while (avcodec_receive_frame(decoder, frame) >= 0) {
      frames++;
    }
    return frames;
  }

  private static int check(int code, Path file) throws IOException {
    if (code < 0) {
      throw new IOException(file + " does not decode: FFmpeg says " + code);
    }
    return code;
  }
}
