package io.kombine.i2v.provider.local;

import java.util.Locale;

/** Sizes of a frame's shorter side. */
enum Resolution {
  P480(480),
  P720(720),
  P1080(1080);

  private final int shorterSidePx;

  Resolution(int shorterSidePx) {
    this.shorterSidePx = shorterSidePx;
  }

  int shorterSidePx() {
    return shorterSidePx;
  }

  /**
   * Reads {@code 480p}, {@code 720p} or {@code 1080p}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static Resolution of(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "480p" -> P480;
      case "720p" -> P720;
      case "1080p" -> P1080;
      default ->
          throw new IllegalArgumentException(
              "resolution is 480p, 720p or 1080p, not '" + text + "'");
    };
  }
}
