package io.kombine.batch.prompt;

import io.kombine.contracts.StepKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import org.springframework.stereotype.Component;

/**
 * The embedded text model {@code local-text}: adds what a short prompt leaves open (light, framing,
 * lens; for videos pace and end) out of a fixed vocabulary, chosen by the prompt's own letters. The
 * same prompt always gives the same words, and what the prompt says already is not said again.
 */
@Component
final class LocalTextModel implements TextModel {

  private static final List<List<String>> IMAGE =
      List.of(
          List.of("soft directional light", "golden hour light", "diffuse overcast light"),
          List.of("balanced composition", "rule-of-thirds composition", "centred composition"),
          List.of("shallow depth of field", "deep focus", "85 mm lens look"),
          List.of("natural colours", "rich contrast", "fine detail and texture"));

  private static final List<List<String>> VIDEO =
      List.of(
          List.of("smooth, steady camera", "gentle handheld camera", "gliding camera"),
          List.of("slow even pace", "unhurried pace", "gradual acceleration"),
          List.of("subject stays in frame", "focus held on the subject"),
          List.of("ends on a still moment", "eases out at the end"));

  @Override
  public String id() {
    return "local-text";
  }

  @Override
  public List<String> enhance(List<String> prompts, StepKind target) {
    return prompts.stream().map(prompt -> enhance(prompt, target)).toList();
  }

  private static String enhance(String prompt, StepKind target) {
    String base = prompt.strip().replaceAll("[\\s.,;]+$", "");
    String said = base.toLowerCase(Locale.ROOT);
    CRC32 seed = new CRC32();
    seed.update(said.getBytes(StandardCharsets.UTF_8));
    long choice = seed.getValue();
    StringBuilder text = new StringBuilder(base);
    for (List<String> options : target == StepKind.I2V ? VIDEO : IMAGE) {
      String option = options.get((int) (choice % options.size()));
      choice = choice / options.size() + 17;
      if (!said.contains(lastWord(option))) {
        text.append(", ").append(option);
      }
    }
    return text.toString();
  }

  private static String lastWord(String option) {
    return option.substring(option.lastIndexOf(' ') + 1);
  }
}
