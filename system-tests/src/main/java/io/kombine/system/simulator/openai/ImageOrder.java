package io.kombine.system.simulator.openai;

import io.kombine.system.simulator.call.Fingerprint;
import io.kombine.system.simulator.http.BadRequestException;
import io.kombine.system.simulator.http.Json;
import io.kombine.system.simulator.http.MultipartForm;
import io.kombine.system.simulator.http.Request;
import io.kombine.system.simulator.media.Pictures;
import io.kombine.system.simulator.media.RemoteImages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an image call asks for.
 *
 * @param size as asked for, {@code auto} included
 */
record ImageOrder(
    List<byte[]> images,
    String model,
    String prompt,
    int count,
    String size,
    String quality,
    String format,
    String user) {

  private static final int MAX_IMAGES = 16;
  private static final int MAX_IMAGE_BYTES = 50 * 1024 * 1024;
  private static final int MAX_PROMPT = 32_000;
  private static final int MAX_COUNT = 10;
  private static final Set<String> SIZES = Set.of("auto", "1024x1024", "1536x1024", "1024x1536");
  private static final Set<String> QUALITIES =
      Set.of("auto", "low", "medium", "high", "xhigh", "max");
  private static final Pattern WIDTH_X_HEIGHT = Pattern.compile("(\\d{2,4})x(\\d{2,4})");

  static ImageOrder of(Request request) {
    if (request.header("content-type", "").startsWith("application/json")) {
      JsonNode json = request.json();
      List<byte[]> images = new ArrayList<>();
      for (JsonNode image : json.path("images").values()) {
        images.add(RemoteImages.fetch(Json.text(image, "image_url")));
      }
      return of(images, fields(json)::get);
    }
    MultipartForm form = MultipartForm.of(request);
    return of(
        form.files("image"),
        name -> {
          String text = form.text(name, "");
          return text.isEmpty() ? null : text;
        });
  }

  private static Map<String, String> fields(JsonNode json) {
    Map<String, String> fields = new HashMap<>();
    json.properties().forEach(e -> fields.put(e.getKey(), e.getValue().asString("")));
    return fields;
  }

  private static ImageOrder of(List<byte[]> images, Function<String, @Nullable String> field) {
    Function<String, String> text =
        name -> {
          String value = field.apply(name);
          return value == null ? "" : value;
        };
    require(text.apply("response_format").isEmpty(), "Unknown parameter: 'response_format'.");
    require(!text.apply("stream").equals("true"), "Streaming is not offered here.");
    return new ImageOrder(
        images,
        text.apply("model"),
        text.apply("prompt"),
        number(text.apply("n")),
        or(text.apply("size"), "auto"),
        or(text.apply("quality"), "auto"),
        or(text.apply("output_format"), "png"),
        text.apply("user"));
  }

  /** Refuses what OpenAI refuses. */
  void check(boolean needsImage) {
    require(!model.isBlank(), "model is missing");
    require(!prompt.isBlank() && prompt.length() <= MAX_PROMPT, "prompt has 1 to 32000 characters");
    require(count >= 1 && count <= MAX_COUNT, "n is from 1 to 10");
    require(QUALITIES.contains(quality), "quality is unknown: " + quality);
    require(Set.of("png", "jpeg").contains(format), "output_format is not made here: " + format);
    require(images.size() <= MAX_IMAGES, "no more than 16 images");
    require(!needsImage || !images.isEmpty(), "image is missing");
    for (byte[] image : images) {
      require(image.length < MAX_IMAGE_BYTES, "image has 50 MB or more");
      Pictures.size(image);
    }
    pixels();
  }

  /** The size of the result. */
  Pictures.Size pixels() {
    if (size.equals("auto")) {
      Pictures.Size input =
          images.isEmpty() ? new Pictures.Size(1, 1) : Pictures.size(images.getFirst());
      double ratio = (double) input.width() / input.height();
      return ratio > 1.2
          ? new Pictures.Size(1536, 1024)
          : ratio < 0.83 ? new Pictures.Size(1024, 1536) : new Pictures.Size(1024, 1024);
    }
    var matcher = WIDTH_X_HEIGHT.matcher(size);
    require(matcher.matches(), "size is unknown: " + size);
    int width = Integer.parseInt(matcher.group(1));
    int height = Integer.parseInt(matcher.group(2));
    boolean fixed = model.startsWith("gpt-image-1");
    require(!fixed || SIZES.contains(size), "size is none of this model: " + size);
    require(
        width % 16 == 0 && height % 16 == 0 && width <= 3 * height && height <= 3 * width,
        "size is divisible by 16 and at most 1:3");
    require((long) width * height <= 3840L * 2160, "size is at most 3840x2160");
    return new Pictures.Size(width, height);
  }

  /** The quality that {@code auto} comes to. */
  String effectiveQuality() {
    return quality.equals("auto") ? "medium" : quality;
  }

  String fingerprint() {
    Fingerprint fingerprint = new Fingerprint().add("openai").add(model).add(prompt);
    fingerprint.add(count + " " + size + " " + quality + " " + format);
    images.forEach(fingerprint::add);
    return fingerprint.hex();
  }

  private static int number(String text) {
    try {
      return text.isEmpty() ? 1 : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static String or(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }

  private static void require(boolean met, String message) {
    if (!met) {
      throw new BadRequestException(message);
    }
  }
}
