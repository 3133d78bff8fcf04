package io.kombine.system.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.desk.WorkTimes;
import io.kombine.system.simulator.fault.FaultKind;
import io.kombine.system.simulator.fault.FaultRule;
import io.kombine.system.simulator.http.Json;
import io.kombine.system.simulator.limit.LimitSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FalTests {

  private static final String KEY = "Key fal-key";
  private static final String VIDEO = "/fal-ai/kling-video/v2.5-turbo/pro/image-to-video";

  private final MovableClock clock = new MovableClock();
  private Simulator simulator;
  private Caller caller;

  @BeforeEach
  void start() throws IOException {
    SimulatorSettings settings = SimulatorSettings.defaults().by(clock);
    simulator =
        Simulator.start(
            settings.with(
                Vendor.FAL,
                settings
                    .of(Vendor.FAL)
                    .with(new LimitSettings(100, 60_000, 1, true))
                    .with(new WorkTimes.Range(10_000, 10_000))));
    caller = new Caller(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private JsonNode submitVideo() {
    String body =
        Json.object()
            .put("prompt", "pan")
            .put("duration", "5")
            .put("image_url", dataUrl())
            .toString();
    Caller.Reply reply = caller.send("POST", VIDEO, KEY, body);
    assertThat(reply.status()).isEqualTo(200);
    return reply.json();
  }

  private static String dataUrl() {
    return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(Samples.jpeg(300, 400));
  }

  private Caller.Reply at(JsonNode submitted, String link) {
    return caller.get(URI.create(submitted.path(link).asString()).getPath(), KEY);
  }

  private String status(JsonNode submitted) {
    return at(submitted, "status_url").json().path("status").asString();
  }

  @Test
  void requestsWaitTheirTurnAndEndInAVideo() {
    JsonNode first = submitVideo();
    JsonNode second = submitVideo();
    assertThat(first.path("status_url").asString()).contains("/fal-ai/kling-video/requests/");
    assertThat(status(first)).isEqualTo("IN_PROGRESS");
    assertThat(status(second)).isEqualTo("IN_QUEUE");
    clock.forward(Duration.ofSeconds(10));
    assertThat(status(first)).isEqualTo("COMPLETED");
    assertThat(status(second)).isEqualTo("IN_PROGRESS");
    JsonNode video = at(first, "response_url").json().path("video");
    Samples.assertVideo(caller.get(URI.create(video.path("url").asString())).body());
    clock.forward(Duration.ofSeconds(10));
    assertThat(status(second)).isEqualTo("COMPLETED");
    assertThat(simulator.stats().falMaxInProgress()).isEqualTo(1);
    assertThat(simulator.invoice().total()).isEqualByComparingTo(new BigDecimal("0.70"));
  }

  @Test
  void cancelledBeforeItsTurnIsPaidBack() {
    JsonNode first = submitVideo();
    JsonNode second = submitVideo();
    assertThat(cancel(second).status()).isEqualTo(202);
    assertThat(cancel(first).status()).isEqualTo(202);
    assertThat(simulator.invoice().lines().get(1).refunded()).isTrue();
    assertThat(simulator.invoice().lines().get(0).refunded()).isFalse();
    clock.forward(Duration.ofSeconds(10));
    assertThat(cancel(first).json().path("status").asString()).isEqualTo("ALREADY_COMPLETED");
  }

  private Caller.Reply cancel(JsonNode submitted) {
    String path = URI.create(submitted.path("cancel_url").asString()).getPath();
    return caller.send("PUT", path, KEY, "");
  }

  @Test
  void imagesAreEditedAndRefusalsComeWithTheResult() {
    simulator.faults().put(FaultRule.of(Vendor.FAL, FaultKind.REFUSAL).prompt("naked"));
    JsonNode edit = submitImage("a hat");
    JsonNode refused = submitImage("naked");
    clock.forward(Duration.ofSeconds(20));
    assertThat(status(edit)).isEqualTo("COMPLETED");
    String url = at(edit, "response_url").json().at("/images/0/url").asString();
    assertThat(Samples.decoded(caller.get(URI.create(url)).body()).getWidth()).isEqualTo(300);

    assertThat(at(refused, "status_url").json().path("error_type").asString())
        .isEqualTo("content_policy_violation");
    Caller.Reply result = at(refused, "response_url");
    assertThat(result.status()).isEqualTo(422);
    assertThat(result.json().at("/detail/0/type").asString()).isEqualTo("content_policy_violation");
    assertThat(simulator.invoice().total()).isEqualByComparingTo(new BigDecimal("0.039"));
  }

  private JsonNode submitImage(String prompt) {
    JsonNode body =
        Json.object()
            .put("prompt", prompt)
            .put("output_format", "jpeg")
            .set("image_urls", Json.array().add(dataUrl()));
    return caller.send("POST", "/fal-ai/nano-banana/edit", KEY, body.toString()).json();
  }

  @Test
  void anotherKeySeesNothing() {
    JsonNode submitted = submitVideo();
    String path = URI.create(submitted.path("status_url").asString()).getPath();
    assertThat(caller.get(path, "Key other").status()).isEqualTo(404);
    assertThat(caller.get(path, "Bearer fal-key").status()).isEqualTo(401);
  }
}
