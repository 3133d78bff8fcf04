package io.kombine.system.bench;

import io.kombine.local.client.KombineClient;
import io.kombine.local.client.ProblemException;
import io.kombine.local.client.Watch;
import io.kombine.system.ProviderCalls;
import io.kombine.system.SlideshowOrder;
import io.kombine.system.SystemUnderTest;
import io.kombine.system.TestPictures;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Submits one slideshow batch and looks at its status until it has ended. */
final class SlideshowRun {

  static final int SLIDES = 3;

  private static final Duration LOOK = Duration.ofSeconds(3);
  private static final Duration LIMIT = Duration.ofHours(1);

  /**
   * What was seen.
   *
   * @param status the last one
   * @param mostLinks in progress at once
   */
  record Seen(
      SlideshowOrder order,
      Instant begin,
      Instant end,
      EtaSamples eta,
      JsonNode status,
      int mostLinks,
      ProviderCalls calls) {}

  private final SystemUnderTest system;
  private final String analysisModel;
  private final String imageModel;

  SlideshowRun(SystemUnderTest system, String analysisModel, String imageModel) {
    this.system = system;
    this.analysisModel = analysisModel;
    this.imageModel = imageModel;
  }

  Seen measure(int links) throws IOException, InterruptedException {
    try (KombineClient client = system.client()) {
      List<String> pictures =
          client.upload(
              TestPictures.paint(
                  system.stack().directories().home().resolve("pictures"), SLIDES + 1));
      SlideshowOrder order =
          new SlideshowOrder(
              "Slideshows",
              links,
              pictures.subList(0, SLIDES),
              pictures.getLast(),
              3,
              2,
              analysisModel,
              imageModel);
      Instant begin = Instant.now();
      UUID batch =
          UUID.fromString(
              client.post("/api/batch", order.json(), null).path("batch_id").asString());
      return watch(client, order, batch, begin);
    }
  }

  private Seen watch(KombineClient client, SlideshowOrder order, UUID batch, Instant begin)
      throws IOException, InterruptedException {
    EtaSamples eta = new EtaSamples();
    int mostLinks = 0;
    while (Duration.between(begin, Instant.now()).compareTo(LIMIT) < 0) {
      try {
        JsonNode status = client.get("/api/batch/" + batch + "/status");
        if (Watch.hasEnded(status)) {
          Instant end = Instant.parse(status.path("finished_at").asString());
          return new Seen(
              order, begin, end, eta, status, mostLinks, system.calls().begunAfter(begin));
        }
        eta.add(Instant.now(), status);
        mostLinks = Math.max(mostLinks, linksInProgress(status));
      } catch (ProblemException e) {
        if (e.status() < 500) {
          throw e;
        }
      }
      Thread.sleep(LOOK);
    }
    throw new IOException("Batch " + batch + " did not end within " + LIMIT);
  }

  private static int linksInProgress(JsonNode status) {
    int links = 0;
    for (JsonNode link : status.path("links")) {
      links += link.path("status").asString().equals("in_progress") ? 1 : 0;
    }
    return links;
  }
}
