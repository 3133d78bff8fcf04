package io.kombine.i2i.provider.local;

import io.kombine.contracts.ContractJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What an analysis says about the image to be made, whoever made the analysis: the words of its
 * texts and the colours it names.
 *
 * @param words all of its texts, those on style first; without the prompt it was asked with
 * @param colours {@code 0xRRGGBB}, at most {@value #MOST_COLOURS}
 * @param fingerprint of its bytes
 */
record AnalysisGuide(String words, List<Integer> colours, long fingerprint) {

  /** Of one analysis, in bytes. */
  static final int MOST_BYTES = 256 * 1024;

  private static final int MOST_COLOURS = 8;
  private static final int MOST_LETTERS = 4_000;
  private static final double TONE = 0.34;
  private static final Pattern COLOUR = Pattern.compile("#([0-9a-fA-F]{6})\\b");

  AnalysisGuide {
    colours = List.copyOf(colours);
  }

  /** Reads any analysis; one that is no JSON is taken for text. */
  static AnalysisGuide of(byte[] analysis) {
    String text = new String(analysis, StandardCharsets.UTF_8);
    StringBuilder words = new StringBuilder();
    try {
      JsonNode json = ContractJson.mapper().readTree(analysis);
      collect(json.path("style"), words);
      collect(json, words);
    } catch (JacksonException _) {
      words.append(text);
    }
    words.setLength(Math.min(words.length(), MOST_LETTERS));
    List<Integer> colours = new ArrayList<>();
    Matcher found = COLOUR.matcher(words);
    while (found.find() && colours.size() < MOST_COLOURS) {
      colours.add(Integer.parseInt(found.group(1), 16));
    }
    CRC32 fingerprint = new CRC32();
    fingerprint.update(analysis);
    return new AnalysisGuide(words.toString(), colours, fingerprint.getValue());
  }

  private static void collect(JsonNode node, StringBuilder words) {
    if (node.isString() && words.length() < MOST_LETTERS) {
      words.append(node.stringValue()).append(". ");
    }
    node.properties().stream()
        .filter(field -> !field.getKey().equals("prompt") && !field.getKey().equals("model"))
        .forEach(field -> collect(field.getValue(), words));
    if (node.isArray()) {
      node.forEach(each -> collect(each, words));
    }
  }

  /** The prompt's look, turned to what the analysis proposes. */
  Look guide(Look look, Random random) {
    Optional<Look> named = LookWords.named(words);
    Look guided = named.map(look::and).orElse(look);
    if (colours.isEmpty()) {
      return guided;
    }
    int dark = colours.stream().min(AnalysisGuide::byLuma).orElseThrow();
    int bright = colours.stream().max(AnalysisGuide::byLuma).orElseThrow();
    Look tinted = Look.PLAIN.split(dark, Picture.mix(bright, 0xFFFFFF, 96), TONE);
    return guided.and(random.nextBoolean() ? tinted : tinted.lens(0.3, 0.05, 0.2, 0.1));
  }

  private static int byLuma(int one, int other) {
    return Integer.compare(Picture.luma(one), Picture.luma(other));
  }
}
