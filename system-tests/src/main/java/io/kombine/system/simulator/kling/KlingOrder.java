package io.kombine.system.simulator.kling;

import io.kombine.system.simulator.call.Fingerprint;
import io.kombine.system.simulator.http.BadRequestException;
import io.kombine.system.simulator.http.Json;
import io.kombine.system.simulator.media.Pictures;
import io.kombine.system.simulator.media.RemoteImages;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a create call asks for, of either generation.
 *
 * @param image URL or base64, as sent
 * @param mode {@code std} or {@code pro}, by which it is priced
 */
record KlingOrder(
    String model,
    String mode,
    String prompt,
    String image,
    int seconds,
    String externalId,
    String fingerprint) {

  private static final int MAX_PROMPT = 2500;
  private static final int MIN_SIDE = 300;
  private static final double MAX_RATIO = 2.5;
  private static final int MAX_IMAGE_BYTES = 10 * 1024 * 1024;
  private static final Set<String> MODELS =
      Set.of(
          "kling-v1",
          "kling-v1-5",
          "kling-v1-6",
          "kling-v2-master",
          "kling-v2-1",
          "kling-v2-1-master",
          "kling-v2-5-turbo",
          "kling-v2-6");

  static KlingOrder legacy(JsonNode body) {
    String model = or(Json.text(body, "model_name"), "kling-v1");
    return new KlingOrder(
        model,
        or(Json.text(body, "mode"), "std"),
        Json.text(body, "prompt"),
        Json.text(body, "image"),
        seconds(or(Json.text(body, "duration"), "5")),
        Json.text(body, "external_task_id"),
        print(model, body));
  }

  static KlingOrder modern(String model, JsonNode body) {
    String prompt = "";
    String image = "";
    for (JsonNode content : body.path("contents").values()) {
      switch (Json.text(content, "type")) {
        case "prompt" -> prompt = Json.text(content, "text");
        case "first_frame" -> image = Json.text(content, "url");
        default -> {}
      }
    }
    JsonNode settings = body.path("settings");
    return new KlingOrder(
        model,
        or(Json.text(settings, "resolution"), "720p").equals("720p") ? "std" : "pro",
        prompt,
        image,
        settings.path("duration").asInt(5),
        Json.text(body.path("options"), "external_task_id"),
        print(model, body));
  }

  /** Refuses what Kling refuses in either generation, and looks at the image. */
  Pictures.Size check() {
    require(!image.isEmpty(), "image is missing");
    require(prompt.length() <= MAX_PROMPT, "prompt has more than 2500 characters");
    require(mode.equals("std") || mode.equals("pro"), "mode is std or pro");
    byte[] bytes = image.startsWith("http") ? RemoteImages.fetch(image) : base64();
    require(bytes.length <= MAX_IMAGE_BYTES, "image has more than 10 MB");
    Pictures.Size size = Pictures.size(bytes);
    double ratio = (double) size.width() / size.height();
    require(
        size.width() >= MIN_SIDE && size.height() >= MIN_SIDE, "image sides have at least 300 px");
    require(ratio <= MAX_RATIO && ratio >= 1 / MAX_RATIO, "image is wider than 2.5:1 or 1:2.5");
    return size;
  }

  /** What only the older generation refuses. */
  Pictures.Size checkLegacy() {
    require(MODELS.contains(model), "model_name is unknown: " + model);
    require(seconds == 5 || seconds == 10, "duration is \"5\" or \"10\"");
    return check();
  }

  /** What only the newer generation refuses. */
  Pictures.Size checkModern() {
    require(seconds >= 3 && seconds <= 15, "duration is from 3 to 15");
    return check();
  }

  private byte[] base64() {
    require(!image.startsWith("data:"), "image has a data: prefix");
    return RemoteImages.base64(image);
  }

  private static int seconds(String text) {
    return text.equals("5") ? 5 : text.equals("10") ? 10 : 0;
  }

  private static String print(String model, JsonNode body) {
    return new Fingerprint().add("kling").add(model).add(body.toString()).hex();
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
