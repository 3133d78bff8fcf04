package io.kombine.system.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.desk.WorkTimes;
import io.kombine.system.simulator.fault.FaultKind;
import io.kombine.system.simulator.fault.FaultRule;
import io.kombine.system.simulator.http.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class KlingTests {

  private static final String KEY = "Bearer api-key";

  private final MovableClock clock = new MovableClock();
  private Simulator simulator;
  private Caller caller;

  @BeforeEach
  void start() throws IOException {
    SimulatorSettings settings = SimulatorSettings.defaults().by(clock);
    simulator =
        Simulator.start(
            settings.with(
                Vendor.KLING, settings.of(Vendor.KLING).with(new WorkTimes.Range(10_000, 10_000))));
    caller = new Caller(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private JsonNode query(String id) {
    return caller.get("/v1/videos/image2video/" + id, KEY).json().path("data");
  }

  @Test
  void taskGoesThroughItsStatesAndEndsInAVideo() {
    JsonNode created = caller.klingCreate(KEY, "pan left", "step-1/1").json();
    assertThat(created.path("code").asInt()).isZero();
    String id = created.at("/data/task_id").asString();
    assertThat(created.at("/data/task_status").asString()).isEqualTo("submitted");

    clock.forward(Duration.ofSeconds(3));
    assertThat(query(id).path("task_status").asString()).isEqualTo("processing");
    clock.forward(Duration.ofSeconds(7));
    JsonNode done = query("step-1/1".replace("/", "%2F"));
    assertThat(done.path("task_id").asString()).isEqualTo(id);
    assertThat(done.path("task_status").asString()).isEqualTo("succeed");
    JsonNode video = done.at("/task_result/videos/0");
    assertThat(video.path("duration").asString()).isEqualTo("5.0");
    Caller.Reply download = caller.get(URI.create(video.path("url").asString()));
    assertThat(download.status()).isEqualTo(200);
    Samples.assertVideo(download.body());
    assertThat(simulator.invoice().linesOf("step-1/1").getFirst().due())
        .isEqualByComparingTo(new BigDecimal("0.35"));
  }

  @Test
  void resultUrlExpires() {
    simulator.faults().put(FaultRule.of(Vendor.KLING, FaultKind.EXPIRED_URL).nth(2));
    String kept = caller.klingCreate(KEY, "pan").json().at("/data/task_id").asString();
    String expired = caller.klingCreate(KEY, "pan").json().at("/data/task_id").asString();
    clock.forward(Duration.ofSeconds(10));
    assertThat(download(expired)).isEqualTo(403);
    assertThat(download(kept)).isEqualTo(200);
    clock.forward(Duration.ofDays(1));
    assertThat(download(kept)).isEqualTo(403);
  }

  @Test
  void downloadsMeetFaultsOfTheirOwn() {
    simulator
        .faults()
        .put(FaultRule.of(Vendor.KLING, FaultKind.SERVER_ERROR).on("download").times(1));
    simulator.faults().put(FaultRule.of(Vendor.KLING, FaultKind.EXPIRED_URL).on("download").nth(2));
    String id = caller.klingCreate(KEY, "pan").json().at("/data/task_id").asString();
    clock.forward(Duration.ofSeconds(10));
    assertThat(download(id)).isEqualTo(500);
    assertThat(download(id)).isEqualTo(403);
    assertThat(download(id)).isEqualTo(200);
  }

  private int download(String id) {
    String url = query(id).at("/task_result/videos/0/url").asString();
    return caller.get(URI.create(url)).status();
  }

  @Test
  void droppedCreateIsFoundByItsExternalId() {
    simulator.faults().put(FaultRule.of(Vendor.KLING, FaultKind.DROP_AFTER).on("create"));
    assertThatThrownBy(() -> caller.klingCreate(KEY, "pan", "step-2"))
        .hasCauseInstanceOf(IOException.class);
    assertThat(query("step-2").path("task_status").asString()).isEqualTo("submitted");
    assertThat(simulator.invoice().linesOf("step-2")).hasSize(1);
  }

  @Test
  void externalIdIsTakenOnce() {
    caller.klingCreate(KEY, "pan", "step-3");
    Caller.Reply again = caller.klingCreate(KEY, "pan", "step-3");
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.json().path("code").asInt()).isEqualTo(1201);
    assertThat(simulator.invoice().lines()).hasSize(1);
    assertThat(caller.klingCreate("Bearer other", "pan", "step-3").status()).isEqualTo(200);
  }

  @Test
  void unknownTaskIsNotFound() {
    Caller.Reply reply = caller.get("/v1/videos/image2video/nothing", KEY);
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.json().path("code").asInt()).isEqualTo(1203);
  }

  @Test
  void failedTaskIsPaidBack() {
    simulator
        .faults()
        .put(FaultRule.of(Vendor.KLING, FaultKind.TASK_FAILURE).reason("risk control"));
    String id = caller.klingCreate(KEY, "pan", "step-4").json().at("/data/task_id").asString();
    clock.forward(Duration.ofSeconds(10));
    assertThat(query(id).path("task_status").asString()).isEqualTo("failed");
    assertThat(query(id).path("task_status_msg").asString()).isEqualTo("risk control");
    assertThat(simulator.invoice().lines().getFirst().refunded()).isTrue();
    assertThat(simulator.invoice().total()).isZero();
  }

  @Test
  void billingErrorComesAs429() {
    simulator.faults().put(FaultRule.of(Vendor.KLING, FaultKind.BILLING));
    Caller.Reply reply = caller.klingCreate(KEY, "pan");
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.json().path("code").asInt()).isEqualTo(1102);
  }

  @Test
  void signedTokenIsVerified() throws GeneralSecurityException {
    Instant now = clock.instant();
    String secret = SimulatorSettings.KLING_SECRET_KEY;
    assertThat(code(token(secret, now.minusSeconds(5), now.plusSeconds(1800)))).isZero();
    assertThat(code(token("another secret", now, now.plusSeconds(1800)))).isEqualTo(1002);
    assertThat(code(token(secret, now.plusSeconds(60), now.plusSeconds(1800)))).isEqualTo(1003);
    assertThat(code(token(secret, now.minusSeconds(1900), now.minusSeconds(1)))).isEqualTo(1004);
  }

  private int code(String token) {
    return caller.get("/v1/videos/image2video", "Bearer " + token).json().path("code").asInt();
  }

  private static String token(String secret, Instant notBefore, Instant expires)
      throws GeneralSecurityException {
    String claims =
        Json.object()
            .put("iss", SimulatorSettings.KLING_ACCESS_KEY)
            .put("exp", expires.getEpochSecond())
            .put("nbf", notBefore.getEpochSecond())
            .toString();
    String text = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + base64(claims);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] signature = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void newerGenerationSpellsThingsItsOwnWay() {
    String image = Base64.getEncoder().encodeToString(Samples.jpeg(300, 400));
    String body =
        "{\"contents\":[{\"type\":\"prompt\",\"text\":\"pan\"},"
            + "{\"type\":\"first_frame\",\"url\":\""
            + image
            + "\"}],\"settings\":{\"resolution\":\"1080p\",\"duration\":7},"
            + "\"options\":{\"external_task_id\":\"step-5\"}}";
    JsonNode created = caller.send("POST", "/image-to-video/kling-3.0", KEY, body).json();
    assertThat(created.at("/data/status").asString()).isEqualTo("submitted");
    clock.forward(Duration.ofSeconds(10));
    JsonNode task = caller.get("/tasks?external_task_ids=step-5", KEY).json().at("/data/0");
    assertThat(task.path("status").asString()).isEqualTo("succeeded");
    assertThat(task.path("id")).isEqualTo(created.at("/data/id"));
    assertThat(task.at("/outputs/0/type").asString()).isEqualTo("video");
    assertThat(simulator.invoice().total()).isEqualByComparingTo(new BigDecimal("0.784"));
  }
}
