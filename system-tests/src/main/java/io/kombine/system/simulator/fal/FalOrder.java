package io.kombine.system.simulator.fal;

import io.kombine.system.simulator.call.Fingerprint;
import io.kombine.system.simulator.http.BadRequestException;
import io.kombine.system.simulator.http.Json;
import io.kombine.system.simulator.media.RemoteImages;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a submission asks for.
 *
 * @param imageUrl the first image; empty when there is none
 */
record FalOrder(
    String app, String prompt, String imageUrl, int images, int seconds, String format) {

  private static final int MAX_IMAGES = 4;

  static FalOrder of(String app, JsonNode body) {
    String image = Json.text(body, "image_url");
    if (image.isEmpty()) {
      image = Json.text(body, "start_image_url");
    }
    if (image.isEmpty()) {
      image = body.path("image_urls").path(0).asString("");
    }
    return new FalOrder(
        app,
        Json.text(body, "prompt"),
        image,
        body.path("num_images").asInt(1),
        body.path("duration").asInt(5),
        body.path("output_format").asString("png"));
  }

  boolean isVideo() {
    return app.contains("video");
  }

  /** The input image, once all else is as it should be. */
  byte[] check() {
    require(!prompt.isBlank(), "prompt is missing");
    require(!imageUrl.isEmpty(), "an image is missing");
    require(images >= 1 && images <= MAX_IMAGES, "num_images is from 1 to 4");
    require(seconds >= 3 && seconds <= 15, "duration is not offered");
    require(Set.of("png", "jpeg").contains(format), "output_format is not made here");
    return RemoteImages.fetch(imageUrl);
  }

  static String fingerprint(String app, JsonNode body) {
    return new Fingerprint().add("fal").add(app).add(body.toString()).hex();
  }

  private static void require(boolean met, String message) {
    if (!met) {
      throw new BadRequestException(message);
    }
  }
}
