package io.kombine.i2i.provider.local;

import static io.kombine.i2i.provider.local.Look.PLAIN;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** Reads looks out of prompts. */
final class LookWords {

  private record Named(Look look, List<String> stems) {
    Named(Look look, String... stems) {
      this(look, List.of(stems));
    }

    /** Where the first of its words stands in a text that begins with a blank; -1 if nowhere. */
    int indexIn(String text) {
      return stems.stream()
          .mapToInt(stem -> text.indexOf(" " + stem))
          .filter(index -> index >= 0)
          .min()
          .orElse(-1);
    }
  }

  private static final int MOST = 3;

  private static final Look SUNSET =
      PLAIN
          .gains(1.14, 0.98, 0.80)
          .tones(1.2, 1.1, 0.01)
          .split(0x3A1446, 0xFFC46B, 0.34)
          .lens(0.35, 0.06, 0.4, 0.55);
  private static final Look WARM =
      PLAIN
          .gains(1.10, 1.01, 0.86)
          .tones(1.1, 1.04, 0.02)
          .split(0x2A1208, 0xFFE0B0, 0.2)
          .lens(0.25, 0.06, 0.25, 0.25);
  private static final Look NIGHT =
      PLAIN
          .gains(0.60, 0.72, 1.02)
          .tones(0.8, 1.15, -0.12)
          .split(0x040B26, 0x9FC3FF, 0.36)
          .lens(0.6, 0.14, 0.35, 0.12);
  private static final Look NOIR =
      PLAIN.tones(0, 1.4, -0.03).split(0x080808, 0xF6F6F6, 0.5).lens(0.55, 0.35, 0.1, 0);
  private static final Look VINTAGE =
      PLAIN
          .gains(1.05, 1, 0.9)
          .tones(0.6, 0.88, 0.03)
          .split(0x35200F, 0xFFE9C4, 0.55)
          .lens(0.45, 0.35, 0.12, 0.35);
  private static final Look NEON =
      PLAIN
          .gains(0.75, 0.6, 1.05)
          .tones(1.25, 1.2, -0.12)
          .split(0x12003E, 0xFF6AD5, 0.38)
          .lens(0.45, 0.08, 0.5, 0.3)
          .in(Medium.NEON);
  private static final Look SNOW =
      PLAIN
          .gains(0.95, 1.0, 1.09)
          .tones(0.62, 0.95, 0.06)
          .split(0x24344A, 0xF4FAFF, 0.3)
          .lens(-0.25, 0.03, 0.35, 0)
          .in(Medium.SNOW);
  private static final Look RAIN =
      PLAIN
          .gains(0.84, 0.94, 1.0)
          .tones(0.55, 1.05, -0.06)
          .split(0x0E1A22, 0xC6D6DC, 0.3)
          .lens(0.45, 0.1, 0.2, 0)
          .in(Medium.RAIN);
  private static final Look WATERCOLOUR =
      PLAIN
          .tones(1.25, 0.95, 0.05)
          .split(0x2A3A5A, 0xFFFAF0, 0.16)
          .lens(-0.3, 0, 0.1, 0)
          .in(Medium.WATERCOLOUR);
  private static final Look OIL =
      PLAIN
          .tones(1.35, 1.12, 0)
          .split(0x20120A, 0xFFE8C0, 0.16)
          .lens(0.3, 0, 0, 0.1)
          .in(Medium.OIL);
  private static final Look SKETCH =
      PLAIN
          .tones(0.35, 1.1, 0)
          .split(0x2B2622, 0xFBF6EA, 0.5)
          .lens(0.1, 0.05, 0, 0)
          .in(Medium.PENCIL);
  private static final Look COMIC =
      PLAIN.tones(1.5, 1.15, 0.02).split(0x1A1030, 0xFFF6C8, 0.1).lens(0, 0, 0, 0).in(Medium.COMIC);
  private static final Look PIXELS = PLAIN.tones(1.35, 1.1, 0).lens(0, 0, 0, 0).in(Medium.PIXELS);
  private static final Look DREAM =
      PLAIN
          .gains(1.04, 0.98, 1.05)
          .tones(0.9, 0.84, 0.07)
          .split(0x5A4A8A, 0xFFE6F4, 0.3)
          .lens(-0.2, 0.03, 0.75, 0.3);
  private static final Look CINEMA =
      PLAIN.tones(1.05, 1.18, -0.02).split(0x07343F, 0xFFB878, 0.36).lens(0.4, 0.12, 0.2, 0.1);
  private static final Look FOREST =
      PLAIN
          .gains(0.9, 1.08, 0.84)
          .tones(1.1, 1.06, -0.02)
          .split(0x0B2412, 0xE8F5B8, 0.32)
          .lens(0.4, 0.06, 0.25, 0.2);
  private static final Look OCEAN =
      PLAIN
          .gains(0.82, 1.03, 1.12)
          .tones(1.15, 1.04, 0.01)
          .split(0x04304A, 0xD2FFF4, 0.34)
          .lens(0.2, 0.04, 0.3, 0.2);
  private static final Look DESERT =
      PLAIN
          .gains(1.12, 0.98, 0.78)
          .tones(0.9, 1.08, 0.03)
          .split(0x4A1E0C, 0xFFDFA0, 0.38)
          .lens(0.2, 0.16, 0.2, 0.2);
  private static final Look STUDIO =
      PLAIN.tones(1.06, 1.1, 0.05).split(0x1C1E22, 0xFFFFFF, 0.12).lens(-0.4, 0, 0.12, 0);
  private static final Look DRAMA =
      PLAIN.tones(0.9, 1.35, -0.06).split(0x0C1018, 0xFFE8CC, 0.24).lens(0.65, 0.12, 0.15, 0.12);
  private static final Look VIVID = PLAIN.tones(1.55, 1.14, 0.01).lens(0.1, 0, 0.15, 0.1);

  private static Look colour(int dark, int bright) {
    return PLAIN.tones(1.05, 1.05, 0).split(dark, bright, 0.46).lens(0.25, 0.05, 0.2, 0.25);
  }

  private static final List<Named> NAMED =
      List.of(
          new Named(SUNSET, "sunset", "sunrise", "golden hour", "dusk", "dawn", "evening"),
          new Named(WARM, "warm", "cozy", "cosy", "autumn", "fall ", "candle", "summer", "sunny"),
          new Named(NEON, "neon", "cyber", "synthwave", "futur", "sci fi", "hologra", "vaporwave"),
          new Named(NIGHT, "night", "moon", "midnight", "stars", "space", "galax"),
          new Named(NOIR, "noir", "black and white", "monochrom", "grayscale", "greyscale", "b w "),
          new Named(VINTAGE, "vintage", "sepia", "retro", "old ", "antique", "polaroid", "nostalg"),
          new Named(SNOW, "snow", "winter", "frost", "ice ", "icy", "christmas", "arctic"),
          new Named(RAIN, "rain", "storm", "moody", "fog", "mist", "gloom"),
          new Named(WATERCOLOUR, "watercolo", "aquarelle", "illustrat", "storybook", "anime"),
          new Named(OIL, "oil paint", "paint", "impression", "van gogh", "canvas", "brush"),
          new Named(SKETCH, "sketch", "pencil", "drawing", "charcoal", "line art", "etching"),
          new Named(COMIC, "comic", "pop art", "cartoon", "halftone", "graphic novel", "manga"),
          new Named(PIXELS, "pixel", "8 bit", "16 bit", "voxel", "mosaic"),
          new Named(DREAM, "dream", "pastel", "soft", "fairy", "ethereal", "spring", "romantic"),
          new Named(CINEMA, "cinema", "film", "movie", "teal and orange", "blockbuster"),
          new Named(FOREST, "forest", "jungle", "nature", "garden", "meadow", "leaf", "moss"),
          new Named(OCEAN, "ocean", "sea", "beach", "tropic", "water ", "underwater", "lake"),
          new Named(DESERT, "desert", "sand", "mars", "dune", "canyon", "safari"),
          new Named(STUDIO, "studio", "minimal", "clean", "white", "bright", "product", "catalog"),
          new Named(DRAMA, "dramatic", "dark", "contrast", "shadow", "gritty", "gothic", "epic"),
          new Named(VIVID, "vivid", "vibrant", "colorful", "colourful", "bold", "saturated"),
          new Named(colour(0x3A0408, 0xFFB4A4), "red", "crimson", "ruby"),
          new Named(colour(0x4A1A00, 0xFFD098), "orange", "copper", "amber"),
          new Named(colour(0x3E2C00, 0xFFF0A0), "yellow", "gold", "lemon"),
          new Named(colour(0x06280E, 0xC6F5B4), "green", "emerald", "mint", "lime"),
          new Named(colour(0x002E34, 0xB0F4EC), "teal", "turquoise", "cyan"),
          new Named(colour(0x06143E, 0xB8D6FF), "blue", "navy", "cobalt", "indigo"),
          new Named(colour(0x24083E, 0xE6C4FF), "purple", "violet", "lavender", "lilac"),
          new Named(colour(0x44082C, 0xFFC8E2), "pink", "magenta", "rose"),
          new Named(colour(0x2A1608, 0xF0D8B4), "brown", "wood", "chocolate", "coffee", "leather"));

  private static final List<Look> CHOICE =
      List.of(
          SUNSET,
          WARM,
          NIGHT,
          VINTAGE,
          DREAM,
          CINEMA,
          FOREST,
          OCEAN,
          DRAMA,
          VIVID,
          OIL,
          colour(0x24083E, 0xFFD8B8),
          colour(0x002E34, 0xFFE6B0));

  private LookWords() {}

  /** The look that a prompt describes in its first words; any prompt has one. */
  static Look lookOf(String prompt, Random random) {
    Look chosen = CHOICE.get(random.nextInt(CHOICE.size()));
    return named(prompt).orElse(chosen);
  }

  /** The look that a text's first words for looks describe, if it has any. */
  static Optional<Look> named(String text) {
    String words = " " + text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ") + " ";
    return NAMED.stream()
        .filter(named -> named.indexIn(words) >= 0)
        .sorted(java.util.Comparator.comparingInt(named -> named.indexIn(words)))
        .limit(MOST)
        .map(Named::look)
        .reduce(Look::and);
  }
}
