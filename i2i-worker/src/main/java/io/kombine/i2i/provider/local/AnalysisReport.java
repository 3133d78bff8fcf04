package io.kombine.i2i.provider.local;

import io.kombine.contracts.RunStep;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * What an {@code analysis} step puts out, as JSON: what is seen in its images, and a style for the
 * images that shall be made of them. The same step over the same images gives the same report;
 * another variation proposes another style.
 *
 * @param model that made it
 * @param prompt that it was asked with
 * @param variation of the step, from 0
 * @param style words and colours that the images suggest
 * @param images in the order of the step's inputs
 */
record AnalysisReport(
    String model, String prompt, int variation, Style style, List<SeenImage> images) {

  /**
   * How images made after this report may look.
   *
   * @param words such as {@code cinematic} or {@code warm}
   * @param palette a dark and a bright colour, such as {@code #1a2b3c}
   * @param caption one sentence for a prompt
   */
  record Style(List<String> words, List<String> palette, String caption) {}

  /**
   * One input.
   *
   * @param role such as {@code image} or {@code product}
   * @param analysis what can be told of it
   */
  record SeenImage(String role, ImageAnalysis analysis) {}

  private static final List<String> DARK = List.of("dramatic", "cinematic", "neon", "moody");
  private static final List<String> BRIGHT = List.of("studio", "pastel", "vivid", "minimal");
  private static final List<String> BALANCED = List.of("cinematic", "vintage", "vivid", "dreamy");
  private static final List<String> WARM = List.of("sunset", "autumn", "golden hour", "candle");
  private static final List<String> COOL = List.of("ocean", "winter", "teal", "moonlit night");

  /**
   * @param images at least one
   */
  static AnalysisReport of(RunStep step, List<SeenImage> images) {
    return new AnalysisReport(
        step.model(), step.prompt(), step.variation(), style(step, images), images);
  }

  private static Style style(RunStep step, List<SeenImage> images) {
    ImageAnalysis first = images.getFirst().analysis();
    CRC32 letters = new CRC32();
    letters.update(step.prompt().getBytes(StandardCharsets.UTF_8));
    int turn = (int) (letters.getValue() % 4) + step.variation();
    List<String> light =
        switch (first.light()) {
          case "dark" -> DARK;
          case "bright" -> BRIGHT;
          default -> BALANCED;
        };
    List<String> warmth = first.isWarm() ? WARM : COOL;
    List<String> words =
        List.of(light.get(turn % light.size()), warmth.get(turn / light.size() % warmth.size()));
    return new Style(words, palette(images), caption(words, images));
  }

  /** The darkest and the brightest of all dominant colours. */
  private static List<String> palette(List<SeenImage> images) {
    List<Integer> colours = new ArrayList<>();
    for (SeenImage image : images) {
      for (ImageAnalysis.ColorShare colour : image.analysis().dominantColors()) {
        colours.add(Integer.parseInt(colour.hex().substring(1), 16));
      }
    }
    colours.sort(
        java.util.Comparator.comparingInt((Integer colour) -> Picture.luma(colour))
            .thenComparing(java.util.Comparator.naturalOrder()));
    return List.of("#%06x".formatted(colours.getFirst()), "#%06x".formatted(colours.getLast()));
  }

  private static String caption(List<String> words, List<SeenImage> images) {
    ImageAnalysis first = images.getFirst().analysis();
    String others =
        images.size() == 1 ? "" : ", with %d more beside it".formatted(images.size() - 1);
    return "%s, %s: a %s %s image whose subject is at the %s, mostly %s%s."
        .formatted(
            words.getFirst().substring(0, 1).toUpperCase(Locale.ROOT)
                + words.getFirst().substring(1),
            words.getLast(),
            first.light(),
            first.orientation(),
            first.detail().place(),
            first.dominantColors().getFirst().name(),
            others);
  }
}
