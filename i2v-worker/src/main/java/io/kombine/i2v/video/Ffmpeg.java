package io.kombine.i2v.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_ERROR;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.io.IOException;
import org.bytedeco.javacpp.BytePointer;

/** How FFmpeg's answers become exceptions. */
public final class Ffmpeg {

  static {
    av_log_set_level(AV_LOG_ERROR);
  }

  private Ffmpeg() {}

  /** The code, if it tells of success. */
  public static int check(int code, String action) throws IOException {
    if (code < 0) {
      try (BytePointer message = new BytePointer(256)) {
        av_strerror(code, message, message.capacity());
        throw new IOException("cannot " + action + ": " + message.getString());
      }
    }
    return code;
  }
}
