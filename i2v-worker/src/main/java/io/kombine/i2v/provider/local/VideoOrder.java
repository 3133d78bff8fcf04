package io.kombine.i2v.provider.local;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What a video is to be like. The same order over the same image gives the same bytes.
 *
 * @param prompt describes the motion in words, such as {@code slow zoom in, drifting left}; where
 *     it names none, its letters choose one
 * @param variation number of a variation of the same prompt, from 0
 * @param movement a camera movement by name, such as {@code zoom_in}; goes before the prompt's
 * @param strength how far the camera moves, 0 to 1; absent means 0.5
 * @param resolution of the shorter side
 * @param aspect of the frame; the image covers it
 * @param seconds length, more than 0 up to {@value #MAX_SECONDS}; rounded to whole frames
 */
record VideoOrder(
    String prompt,
    int variation,
    @Nullable String movement,
    @Nullable BigDecimal strength,
    Resolution resolution,
    Aspect aspect,
    BigDecimal seconds) {

  static final int FRAMES_PER_SECOND = 24;
  static final int MAX_SECONDS = 60;

  VideoOrder {
    if (seconds.signum() <= 0 || seconds.compareTo(BigDecimal.valueOf(MAX_SECONDS)) > 0) {
      throw new IllegalArgumentException(
          "a video lasts more than 0 and at most " + MAX_SECONDS + " seconds, not " + seconds);
    }
    if (strength != null && (strength.signum() < 0 || strength.compareTo(BigDecimal.ONE) > 0)) {
      throw new IllegalArgumentException("motion strength is from 0 to 1, not " + strength);
    }
  }

  int frames() {
    BigDecimal exact = seconds.multiply(BigDecimal.valueOf(FRAMES_PER_SECOND));
    return Math.max(1, exact.setScale(0, RoundingMode.HALF_UP).intValueExact());
  }
}
