package io.kombine.i2i.provider.local;

import java.awt.Color;
import java.util.Random;

/**
 * How a picture is graded and drawn.
 *
 * @param red gain of the channel, 1 leaves it
 * @param green likewise
 * @param blue likewise
 * @param saturation 0 grey, 1 as it is
 * @param contrast 1 as it is
 * @param brightness added to each channel, as a share of the whole range
 * @param shadows colour that dark parts turn to
 * @param highlights colour that bright parts turn to
 * @param tone how far they turn, 0 to 1
 * @param vignette how dark the corners get, 0 to 1; negative brightens them
 * @param grain 0 to 1
 * @param glow how far bright parts spill over, 0 to 1
 * @param leak strength of a coloured light from a side, 0 to 1
 * @param medium what it seems to be drawn with
 */
record Look(
    double red,
    double green,
    double blue,
    double saturation,
    double contrast,
    double brightness,
    int shadows,
    int highlights,
    double tone,
    double vignette,
    double grain,
    double glow,
    double leak,
    Medium medium) {

  static final Look PLAIN =
      new Look(1, 1, 1, 1, 1, 0, 0x101820, 0xFFF4E0, 0, 0.15, 0.05, 0, 0, Medium.PHOTOGRAPH);

  Look gains(double r, double g, double b) {
    return new Look(
        r,
        g,
        b,
        saturation,
        contrast,
        brightness,
        shadows,
        highlights,
        tone,
        vignette,
        grain,
        glow,
        leak,
        medium);
  }

  Look tones(double colour, double hard, double light) {
    return new Look(
        red,
        green,
        blue,
        colour,
        hard,
        light,
        shadows,
        highlights,
        tone,
        vignette,
        grain,
        glow,
        leak,
        medium);
  }

  Look split(int dark, int bright, double share) {
    return new Look(
        red,
        green,
        blue,
        saturation,
        contrast,
        brightness,
        dark,
        bright,
        share,
        vignette,
        grain,
        glow,
        leak,
        medium);
  }

  Look lens(double dim, double rough, double soft, double flare) {
    return new Look(
        red,
        green,
        blue,
        saturation,
        contrast,
        brightness,
        shadows,
        highlights,
        tone,
        dim,
        rough,
        soft,
        flare,
        medium);
  }

  Look in(Medium other) {
    return new Look(
        red,
        green,
        blue,
        saturation,
        contrast,
        brightness,
        shadows,
        highlights,
        tone,
        vignette,
        grain,
        glow,
        leak,
        other);
  }

  /** Both at once; of two media, this one's. */
  Look and(Look other) {
    double both = tone + other.tone;
    int share = both == 0 ? 0 : (int) Math.round(256 * other.tone / both);
    return new Look(
        red * other.red,
        green * other.green,
        blue * other.blue,
        saturation * other.saturation,
        contrast * other.contrast,
        Math.clamp(brightness + other.brightness, -0.25, 0.2),
        Picture.mix(shadows, other.shadows, share),
        Picture.mix(highlights, other.highlights, share),
        Math.max(tone, other.tone),
        Math.clamp(vignette + other.vignette, -0.4, 0.75),
        Math.max(grain, other.grain),
        Math.max(glow, other.glow),
        Math.max(leak, other.leak),
        medium == Medium.PHOTOGRAPH ? other.medium : medium);
  }

  /** A close relative: what two prompts with the same words, or two variations, differ by. */
  Look varied(Random random) {
    float turn = (float) (random.nextDouble() - 0.5) * 0.11f;
    double warmth = (random.nextDouble() - 0.5) * 0.16;
    return new Look(
        red * (1 + warmth),
        green * (1 + (random.nextDouble() - 0.5) * 0.06),
        blue * (1 - warmth),
        saturation * (0.86 + 0.28 * random.nextDouble()),
        contrast * (0.95 + 0.12 * random.nextDouble()),
        brightness + (random.nextDouble() - 0.5) * 0.09,
        turned(shadows, turn),
        turned(highlights, turn),
        tone == 0 ? 0.08 : Math.min(1, tone * (0.85 + 0.3 * random.nextDouble())),
        vignette,
        grain,
        glow,
        Math.min(0.8, leak + 0.16 * random.nextDouble()),
        medium);
  }

  private static int turned(int colour, float turn) {
    float[] hsb = Color.RGBtoHSB(colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF, null);
    return Color.HSBtoRGB(hsb[0] + turn, hsb[1], hsb[2]) & 0xFFFFFF;
  }
}
