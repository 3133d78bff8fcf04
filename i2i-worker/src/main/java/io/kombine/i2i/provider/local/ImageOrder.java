package io.kombine.i2i.provider.local;

import io.kombine.i2i.image.ImageEncoding;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What an image is to be like. The same order over the same inputs gives the same bytes.
 *
 * @param prompt describes the look in words, such as {@code at sunset, as a watercolour}; where it
 *     names none, its letters choose one
 * @param variation number of a variation of the same prompt, from 0
 * @param size of the image; absent means the first input's, within {@link ImageSize#MAX_PX}
 * @param encoding how it is written
 * @param guide an analysis to follow beside the prompt
 */
record ImageOrder(
    String prompt,
    int variation,
    @Nullable ImageSize size,
    ImageEncoding encoding,
    @Nullable AnalysisGuide guide) {

  /** Decides all that the words leave open. */
  long seed() {
    CRC32 letters = new CRC32();
    letters.update(prompt.getBytes(StandardCharsets.UTF_8));
    long seed = letters.getValue() * 0x9E3779B97F4A7C15L + variation * 0xD1B54A32D192ED03L;
    return guide == null ? seed : seed + guide.fingerprint() * 0xA24BAED4963EE407L;
  }
}
