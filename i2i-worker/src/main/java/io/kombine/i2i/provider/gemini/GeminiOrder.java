package io.kombine.i2i.provider.gemini;

import com.google.genai.types.Content;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.ImageConfig;
import com.google.genai.types.Part;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import io.kombine.worker.provider.CallInput;
import io.kombine.worker.provider.ProviderCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What Gemini is asked for: an image, or an analysis as JSON. All inputs are in memory before
 * anything is sent, so that none can fail in the middle of a paid call.
 *
 * @param content the prompt, then the images in the step's order, then what analyses found
 */
record GeminiOrder(String model, Content content, GenerateContentConfig config) {

  /** Images that one call takes. */
  static final int MOST_IMAGES = 14;

  /** Of a request; images are sent as base64, four bytes for three. */
  static final long MOST_REQUEST_BYTES = 20_000_000;

  private static final int LONGEST_PROMPT = 32_000;
  private static final int MOST_ANSWER_TOKENS = 4_096;
  private static final int ROOM_FOR_THE_REST = 16_384;
  private static final Set<String> IMAGE_TYPES = Set.of("image/png", "image/jpeg", "image/webp");
  private static final Set<String> SIZES = Set.of("1K", "2K", "4K");
  private static final Set<String> RATIOS =
      Set.of("1:1", "2:3", "3:2", "3:4", "4:3", "9:16", "16:9", "21:9");

  /**
   * @throws IllegalArgumentException when Gemini cannot do this
   * @throws IOException when an input cannot be read
   */
  static GeminiOrder of(ProviderCall call) throws IOException {
    RunStep step = call.step();
    require(step.outputCount() == 1, "a call makes one output");
    require(step.prompt().length() <= LONGEST_PROMPT, "a prompt has at most 32000 characters");
    List<Part> images = new ArrayList<>();
    List<Part> findings = new ArrayList<>();
    long bytes = step.prompt().length() + ROOM_FOR_THE_REST;
    for (CallInput input : call.inputs()) {
      boolean analysis = input.role() == StepInput.Role.ANALYSIS;
      String mediaType = input.artifact().mediaType();
      require(
          analysis || IMAGE_TYPES.contains(mediaType),
          "inputs are PNG, JPEG or WebP, not " + mediaType);
      bytes += analysis ? input.artifact().bytes() : input.artifact().bytes() * 4 / 3 + 4;
      require(bytes <= MOST_REQUEST_BYTES, "all inputs together have at most 20 MB as base64");
      if (analysis) {
        findings.add(Part.fromText(new String(input.readAll(), StandardCharsets.UTF_8)));
      } else {
        require(images.size() < MOST_IMAGES, "at most 14 images are taken");
        images.add(Part.fromBytes(input.readAll(), mediaType));
      }
    }
    require(step.kind() == StepKind.I2I || !images.isEmpty(), "an analysis needs an image");
    List<Part> parts = new ArrayList<>();
    parts.add(Part.fromText(step.prompt()));
    parts.addAll(images);
    parts.addAll(findings);
    GenerateContentConfig.Builder config =
        GenerateContentConfig.builder()
            .httpOptions(
                HttpOptions.builder().headers(Map.of("X-Kombine-Step", call.idempotencyKey())));
    return new GeminiOrder(
        step.model(),
        Content.fromParts(parts.toArray(Part[]::new)),
        step.kind() == StepKind.I2I ? image(config, step.parameters()) : analysis(config));
  }

  private static GenerateContentConfig image(
      GenerateContentConfig.Builder config, StepParameters wishes) {
    ImageConfig.Builder image = ImageConfig.builder();
    String size = wishes.quality();
    if (size != null) {
      require(SIZES.contains(size), "quality is 1K, 2K or 4K: " + size);
      image.imageSize(size);
    }
    String ratio = wishes.aspectRatio();
    if (ratio != null) {
      require(RATIOS.contains(ratio), "aspect ratio is one of " + RATIOS + ": " + ratio);
      image.aspectRatio(ratio);
    }
    require(wishes.size() == null, "a size in pixels cannot be chosen");
    return config.responseModalities("TEXT", "IMAGE").imageConfig(image).build();
  }

  private static GenerateContentConfig analysis(GenerateContentConfig.Builder config) {
    return config
        .responseMimeType("application/json")
        .responseSchema(AnalysisSchema.SCHEMA)
        .maxOutputTokens(MOST_ANSWER_TOKENS)
        .build();
  }

  private static void require(boolean met, String message) {
    if (!met) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Without prompt and images. */
  @Override
  public String toString() {
    return "GeminiOrder[" + model + "]";
  }
}
