package io.kombine.batch.pipeline;

import io.kombine.batch.tree.SafeNames;
import io.kombine.batch.tree.TreePaths;
import io.kombine.contracts.StepParameters;
import java.util.List;
import java.util.Locale;

/**
 * Where one source's results go: {@code 001_<source>/i2i/p1_v1_<prompt>.jpg} and {@code
 * 001_<source>/i2v/p1_v1_m1_<prompt>.mp4}, prompt, variation and motion prompt counted from 1.
 */
final class PipelineNames {

  private static final int MAX_PROMPT_WORDS = 40;

  private final String folder;
  private final TreePaths paths;

  PipelineNames(int sourceIndex, String sourceName, TreePaths paths) {
    String number = String.format(Locale.ROOT, "%03d_", sourceIndex + 1);
    this.folder =
        number + SafeNames.of(stem(sourceName), "source", SafeNames.MAX_LENGTH - number.length());
    this.paths = paths;
  }

  List<String> image(String mark, String prompt, StepParameters parameters) {
    String extension = "png".equals(parameters.outputFormat()) ? "png" : "jpg";
    return paths.file(List.of(folder, "i2i"), mark + words(prompt), extension);
  }

  List<String> video(String mark, String prompt) {
    return paths.file(List.of(folder, "i2v"), mark + words(prompt), "mp4");
  }

  /** Such as {@code p1_} for the first prompt. */
  static String mark(String letter, int index) {
    return letter + (index + 1) + "_";
  }

  private static String words(String prompt) {
    return SafeNames.of(prompt, "prompt", MAX_PROMPT_WORDS).replace('.', '_').replace(' ', '_');
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 && name.length() - dot <= 6 ? name.substring(0, dot) : name;
  }
}
