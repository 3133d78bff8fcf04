package io.kombine.i2i.provider.local;

import java.util.Random;

/** What a picture seems to be drawn with, or to be seen through. */
enum Medium {
  PHOTOGRAPH,
  WATERCOLOUR,
  OIL,
  PENCIL,
  COMIC,
  PIXELS,
  NEON,
  SNOW,
  RAIN;

  /** Draws a picture anew, before its colours are graded. */
  void draw(Picture picture, Random random) {
    switch (this) {
      case WATERCOLOUR -> Brushes.watercolour(picture, random);
      case OIL -> Brushes.oil(picture, random);
      case PENCIL -> Lines.pencil(picture, random);
      case COMIC -> Prints.comic(picture);
      case PIXELS -> Prints.pixels(picture);
      case PHOTOGRAPH, NEON, SNOW, RAIN -> {}
    }
  }

  /** Puts upon a graded picture what has a colour of its own; {@code lines} is the ungraded one. */
  void finish(Picture picture, Picture lines, Random random) {
    switch (this) {
      case NEON -> Lines.neon(picture, lines, random);
      case SNOW -> Weather.snow(picture, random);
      case RAIN -> Weather.rain(picture, random);
      case PHOTOGRAPH, WATERCOLOUR, OIL, PENCIL, COMIC, PIXELS -> {}
    }
  }
}
