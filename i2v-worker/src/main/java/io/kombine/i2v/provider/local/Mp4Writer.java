package io.kombine.i2v.provider.local;

import static org.bytedeco.ffmpeg.avformat.AVFormatContext.AVFMT_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set;

import io.kombine.i2v.video.Ffmpeg;
import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Writes an H.264 MP4 that browsers play while it loads: yuv420p, index in front. One thread and
 * one slice, no clock and no version in the file: the same frames give the same bytes.
 *
 * <p>Used by one thread; {@link #close} frees what is native, whether or not {@link #finish} was
 * reached.
 */
final class Mp4Writer implements AutoCloseable {

  /** Enough for photographs in slow motion to look like photographs. */
  private static final double BITS_PER_PIXEL = 0.2;

  private final AVFormatContext container = new AVFormatContext(null);
  private final AVFrame frame = av_frame_alloc();
  private final AVPacket packet = av_packet_alloc();
  private final AVCodecContext encoder;
  private final AVStream stream;
  private long frames;

  Mp4Writer(Path target, FrameSize size, int framesPerSecond) throws IOException {
    AVCodec codec = avcodec_find_encoder_by_name("libopenh264");
    if (codec == null) {
      throw new IOException("this build of FFmpeg has no libopenh264");
    }
    encoder = avcodec_alloc_context3(codec);
    boolean open = false;
    try {
      String file = target.toString();
      Ffmpeg.check(avformat_alloc_output_context2(container, null, "mp4", file), "make an MP4");
      configure(size, framesPerSecond);
      Ffmpeg.check(avcodec_open2(encoder, codec, (PointerPointer<?>) null), "open the encoder");
      stream = avformat_new_stream(container, null);
      stream.time_base(encoder.time_base());
      stream.avg_frame_rate(encoder.framerate());
      Ffmpeg.check(
          avcodec_parameters_from_context(stream.codecpar(), encoder), "describe the stream");
      writeHeader(file);
      open = true;
    } finally {
      if (!open) {
        close();
      }
    }
  }

  private void configure(FrameSize size, int framesPerSecond) throws IOException {
    encoder.width(size.widthPx());
    encoder.height(size.heightPx());
    encoder.pix_fmt(AV_PIX_FMT_YUV420P);
    encoder.time_base(av_make_q(1, framesPerSecond));
    encoder.framerate(av_make_q(framesPerSecond, 1));
    encoder.gop_size(2 * framesPerSecond);
    long pixels = (long) size.widthPx() * size.heightPx();
    encoder.bit_rate((long) (pixels * framesPerSecond * BITS_PER_PIXEL));
    encoder.qmin(18);
    encoder.qmax(34);
    encoder.thread_count(1);
    encoder.slices(1);
    encoder.color_range(AVCOL_RANGE_MPEG);
    encoder.colorspace(AVCOL_SPC_BT709);
    encoder.color_primaries(AVCOL_PRI_BT709);
    encoder.color_trc(AVCOL_TRC_BT709);
    encoder.flags(encoder.flags() | AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT);
    Ffmpeg.check(av_opt_set(encoder.priv_data(), "profile", "high", 0), "choose the profile");
    Ffmpeg.check(av_opt_set(encoder.priv_data(), "rc_mode", "quality", 0), "choose the quality");
    frame.format(AV_PIX_FMT_YUV420P);
    frame.width(size.widthPx());
    frame.height(size.heightPx());
    Ffmpeg.check(av_frame_get_buffer(frame, 0), "allocate a frame");
  }

  private void writeHeader(String file) throws IOException {
    AVIOContext out = new AVIOContext(null);
    Ffmpeg.check(avio_open(out, file, AVIO_FLAG_WRITE), "open " + file);
    container.pb(out);
    container.flags(container.flags() | AVFMT_FLAG_BITEXACT);
    AVDictionary options = new AVDictionary(null);
    try {
      av_dict_set(options, "movflags", "+faststart", 0);
      Ffmpeg.check(avformat_write_header(container, options), "write the MP4's header");
    } finally {
      av_dict_free(options);
    }
  }

  void write(Yuv picture) throws IOException {
    Ffmpeg.check(av_frame_make_writable(frame), "reuse a frame");
    copy(picture.luma(), picture.width(), picture.height(), 0);
    copy(picture.blue(), picture.width() / 2, picture.height() / 2, 1);
    copy(picture.red(), picture.width() / 2, picture.height() / 2, 2);
    frame.pts(frames++);
    Ffmpeg.check(avcodec_send_frame(encoder, frame), "encode a frame");
    drain();
  }

  private void copy(byte[] plane, int width, int height, int index) {
    BytePointer data = frame.data(index);
    int stride = frame.linesize(index);
    for (int y = 0; y < height; y++) {
      data.position((long) y * stride).put(plane, y * width, width);
    }
  }

  /** Writes what is still in the encoder, and the index. */
  void finish() throws IOException {
    Ffmpeg.check(avcodec_send_frame(encoder, null), "end the encoding");
    drain();
    Ffmpeg.check(av_write_trailer(container), "write the MP4's index");
    Ffmpeg.check(avio_closep(container.pb()), "close the MP4");
    container.pb(null);
  }

  private void drain() throws IOException {
    int code = avcodec_receive_packet(encoder, packet);
    while (code >= 0) {
      av_packet_rescale_ts(packet, encoder.time_base(), stream.time_base());
      packet.stream_index(stream.index());
      packet.duration(stream.time_base().den() / encoder.framerate().num());
      Ffmpeg.check(av_interleaved_write_frame(container, packet), "write a frame");
      av_packet_unref(packet);
      code = avcodec_receive_packet(encoder, packet);
    }
    if (code != AVERROR_EAGAIN() && code != AVERROR_EOF()) {
      Ffmpeg.check(code, "encode a frame");
    }
  }

  @Override
  public void close() {
    av_packet_free(packet);
    av_frame_free(frame);
    avcodec_free_context(encoder);
    if (!container.isNull()) {
      if (container.pb() != null) {
        avio_closep(container.pb());
      }
      avformat_free_context(container);
    }
  }
}
