package io.kombine.system.simulator.fal;

import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.http.Answer;
import io.kombine.system.simulator.http.Json;
import io.kombine.system.simulator.media.MediaStore;
import io.kombine.system.simulator.media.Pictures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes what an app answers, and keeps the files. */
final class FalResults {

  private static final int MAX_SIDE = 1024;

  private final MediaStore media;
  private final Clock clock;
  private final Duration lifetime;

  FalResults(MediaStore media, Clock clock, Duration lifetime) {
    this.media = media;
    this.clock = clock;
    this.lifetime = lifetime;
  }

  Answer of(String origin, FalOrder order, String id, boolean expired) {
    byte[] input = order.check();
    Pictures.Size size = Pictures.size(input);
    Instant expires = expired ? Instant.EPOCH : clock.instant().plus(lifetime);
    ObjectNode body = Json.object();
    if (order.isVideo()) {
      String path = media.keepVideo(Vendor.FAL, size, order.seconds(), "fal " + id, expires);
      body.putObject("video")
          .put("url", origin + path)
          .put("content_type", "video/mp4")
          .put("file_name", "output.mp4");
      return Answer.json(200, body);
    }
    ArrayNode images = body.putArray("images");
    for (int i = 0; i < order.images(); i++) {
      byte[] image =
          Pictures.remake(input, order.prompt(), i, size.within(MAX_SIDE), order.format());
      String path =
          media.keep(Vendor.FAL, "image/" + order.format(), order.format(), image, expires);
      images
          .addObject()
          .put("url", origin + path)
          .put("content_type", "image/" + order.format())
          .put("file_size", image.length);
    }
    body.put("description", "");
    return Answer.json(200, body);
  }
}
