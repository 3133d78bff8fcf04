package io.kombine.system.simulator.gemini;

import io.kombine.system.simulator.call.Fingerprint;
import io.kombine.system.simulator.http.BadRequestException;
import io.kombine.system.simulator.http.Json;
import io.kombine.system.simulator.media.Pictures;
import io.kombine.system.simulator.media.RemoteImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a generateContent call asks for.
 *
 * @param config the generation config; may be missing
 */
record GeminiOrder(
    String model, String prompt, List<byte[]> images, JsonNode config, String fingerprint) {

  private static final int MAX_REQUEST_BYTES = 20 * 1024 * 1024;
  private static final int MAX_IMAGES = 14;
  private static final int STEP = 16;
  private static final Map<String, Integer> SIDES = Map.of("1K", 1024, "2K", 2048, "4K", 4096);
  private static final Set<String> RATIOS =
      Set.of("1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9");

  static GeminiOrder of(String model, byte[] raw, JsonNode body) {
    List<byte[]> images = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (JsonNode content : body.path("contents").values()) {
      for (JsonNode part : content.path("parts").values()) {
        if (part.has("inlineData")) {
          images.add(RemoteImages.base64(Json.text(part.path("inlineData"), "data")));
        } else {
          texts.add(Json.text(part, "text"));
        }
      }
    }
    require(raw.length <= MAX_REQUEST_BYTES, "Request payload size exceeds the limit.");
    return new GeminiOrder(
        model,
        String.join("\n", texts),
        images,
        body.path("generationConfig"),
        new Fingerprint().add("gemini").add(model).add(body.toString()).hex());
  }

  boolean wantsImage() {
    return config
            .path("responseModalities")
            .valueStream()
            .anyMatch(m -> "IMAGE".equals(m.asString("")))
        || (!config.has("responseModalities") && model.contains("image"));
  }

  boolean wantsJson() {
    return Json.text(config, "responseMimeType").equals("application/json");
  }

  String imageSize() {
    String size = Json.text(config.path("imageConfig"), "imageSize");
    return size.isEmpty() ? "1K" : size;
  }

  /** Refuses what Gemini refuses. */
  void check() {
    require(!prompt.isBlank() || !images.isEmpty(), "contents is not specified");
    require(images.size() <= MAX_IMAGES, "Too many images.");
    images.forEach(Pictures::size);
    require(SIDES.containsKey(imageSize()), "imageSize is 1K, 2K or 4K.");
    String ratio = Json.text(config.path("imageConfig"), "aspectRatio");
    require(ratio.isEmpty() || RATIOS.contains(ratio), "aspectRatio is not offered.");
    for (String refused : List.of("personGeneration", "outputMimeType", "imageOutputOptions")) {
      require(!config.path("imageConfig").has(refused), refused + " is not supported.");
    }
  }

  /** The size of an image result: the area of a square of the size asked for. */
  Pictures.Size pixels() {
    double ratio = ratio();
    int side = SIDES.getOrDefault(imageSize(), 1024);
    return new Pictures.Size(round(side * Math.sqrt(ratio)), round(side / Math.sqrt(ratio)));
  }

  private double ratio() {
    String ratio = Json.text(config.path("imageConfig"), "aspectRatio");
    if (!ratio.isEmpty()) {
      String[] parts = ratio.split(":", -1);
      return Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
    }
    if (images.isEmpty()) {
      return 1;
    }
    Pictures.Size input = Pictures.size(images.getFirst());
    return Math.clamp((double) input.width() / input.height(), 9.0 / 21, 21.0 / 9);
  }

  private static int round(double pixels) {
    return (int) Math.round(pixels / STEP) * STEP;
  }

  private static void require(boolean met, String message) {
    if (!met) {
      throw new BadRequestException(message);
    }
  }
}
