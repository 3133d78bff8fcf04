package io.kombine.audio.provider.local;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A PCM file with one format and one data chunk, whose header tells its true length: a program that
 * writes into a pipe cannot know it when it begins.
 *
 * @param seconds playing time, measured from the samples, with three decimals
 */
record WavFile(byte[] bytes, BigDecimal seconds) {

  private static final int RIFF = 0x46464952;
  private static final int WAVE = 0x45564157;
  private static final int FORMAT = 0x20746D66;
  private static final int DATA = 0x61746164;
  private static final int HEADER_BYTES = 12;
  private static final int CHUNK_HEADER_BYTES = 8;
  private static final int BYTE_RATE_AT = 8;
  private static final int FORMAT_BYTES = 16;

  /**
   * Reads what was written, and mends the lengths in its header in place.
   *
   * @throws IOException where it is no such file, or holds no sample
   */
  static WavFile of(byte[] written) throws IOException {
    ByteBuffer wav = ByteBuffer.wrap(written).order(ByteOrder.LITTLE_ENDIAN);
    if (written.length < HEADER_BYTES || wav.getInt(0) != RIFF || wav.getInt(8) != WAVE) {
      throw new IOException("what was spoken is no WAV file");
    }
    int byteRate = 0;
    int at = HEADER_BYTES;
    while (at + CHUNK_HEADER_BYTES <= written.length) {
      int content = at + CHUNK_HEADER_BYTES;
      long length = Integer.toUnsignedLong(wav.getInt(at + 4));
      if (wav.getInt(at) == DATA) {
        int samples = (int) Math.min(length, written.length - content);
        if (byteRate <= 0 || samples <= 0) {
          throw new IOException("the WAV file holds no samples");
        }
        wav.putInt(4, written.length - CHUNK_HEADER_BYTES);
        wav.putInt(at + 4, samples);
        return new WavFile(written, seconds(samples, byteRate));
      }
      if (wav.getInt(at) == FORMAT && content + FORMAT_BYTES <= written.length) {
        byteRate = wav.getInt(content + BYTE_RATE_AT);
      }
      // why rounded up: chunks begin at even places
      long next = content + length + (length & 1);
      if (next > written.length) {
        break;
      }
      at = (int) next;
    }
    throw new IOException("the WAV file holds no samples");
  }

  private static BigDecimal seconds(int samples, int byteRate) {
    return BigDecimal.valueOf(samples)
        .divide(BigDecimal.valueOf(byteRate), 3, RoundingMode.HALF_UP)
        .stripTrailingZeros();
  }
}
