package io.kombine.batch.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.batch.money.CountingWorkers.Outcome;
import io.kombine.batch.pipeline.Estimate;
import io.kombine.batch.pipeline.PipelineRequest;
import io.kombine.batch.pipeline.PipelineService;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.StepState;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

class ReuseIT extends MoneyTest {

  private static final String OWNER = "local";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Autowired PipelineService pipelines;

  @Test
  void resubmittedBatchMakesNoCallAndOneMorePromptOnlyItsOwn() throws Exception {
    String source = upload(0x112233);
    UUID first = submit(source, false, "\"red\", \"blue\"");
    within(40).until(() -> succeeded(first) == 6);
    assertThat(workers.callsOf(first)).isEqualTo(6);

    Estimate same = pipelines.estimate(OWNER, request(source, true, "\"red\", \"blue\""));
    assertThat(same.counts().totalSteps()).isZero();
    assertThat(same.counts().reusedSteps()).isEqualTo(6);
    assertThat(same.cost().total()).isZero();
    UUID again = submit(source, true, "\"red\", \"blue\"");
    within(40).until(() -> succeeded(again) == 6);
    assertThat(workers.callsOf(again)).isZero();
    assertThat(row(again).spent()).isZero();
    assertThat(row(again).files()).isEqualTo(row(first).files());
    assertThat(artifacts(again)).isEqualTo(artifacts(first));
    within(10)
        .until(() ->
            count("SELECT count(*) FROM deliveries WHERE batch_id = ? AND NOT announced", again)
                == 0);

    assertThat(
            pipelines
                .estimate(OWNER, request(source, true, "\"red\", \"green\", \"blue\""))
                .counts()
                .totalSteps())
        .as("of a new prompt only its image is known to run with its two videos")
        .isEqualTo(3);
    UUID more = submit(source, true, "\"red\", \"green\", \"blue\"");
    within(40).until(() -> succeeded(more) == 9);
    assertThat(workers.callsOf(more)).isEqualTo(3);
  }

  @Test
  void equalStepsUnderWayShareOneCallAndAFollowerLeadsWhenItFails() throws Exception {
    String source = upload(0x445566);
    AtomicBoolean failed = new AtomicBoolean();
    workers.behaviour =
        step ->
            failed.compareAndSet(false, true)
                ? new Outcome(StepState.FAILED, null)
                : Outcome.atPrice(step);
    workers.answering = false;
    UUID one = submit(source, true, "\"x\"");
    UUID two = submit(source, true, "\"x\"");
    UUID three = submit(source, true, "\"x\"");
    within(20).until(() -> count("SELECT count(*) FROM steps WHERE state = 'QUEUED'") == 1);
    workers.answering = true;
    within(40).until(() -> succeeded(one) + succeeded(two) + succeeded(three) == 6);
    assertThat(workers.callsOf(one) + workers.callsOf(two) + workers.callsOf(three))
        .as("the failed image, an image and its two videos")
        .isEqualTo(4);
  }

  @Test
  void withoutReuseEveryStepMakesItsCall() throws Exception {
    String source = upload(0x778899);
    UUID one = submit(source, false, "\"y\"");
    within(40).until(() -> succeeded(one) == 3);
    UUID two = submit(source, false, "\"y\"");
    within(40).until(() -> succeeded(two) == 3);
    assertThat(workers.callsOf(two)).isEqualTo(3);
  }

  private UUID submit(String source, boolean reuse, String prompts) throws Exception {
    return pipelines.submit(OWNER, request(source, reuse, prompts), null).batchId();
  }

  private static PipelineRequest request(String source, boolean reuse, String prompts) {
    return ContractJson.mapper()
        .readValue(
            """
            {"name": "again", "source_images": ["%s"], "reuse": %s,
             "i2i_config": {"enabled": true, "prompts": [%s], "model": "local-image"},
             "i2v_config": {"prompts": ["zoom", "pan"], "model": "local-video",
                            "resolution": "720p", "duration_sec": 5}}
            """
                .formatted(source, reuse, prompts),
            PipelineRequest.class);
  }

  private Set<String> artifacts(UUID batchId) {
    return new HashSet<>(
        jdbc.sql("SELECT artifact ->> 'sha256' FROM step_outputs WHERE batch_id = ?")
            .param(batchId)
            .query(String.class)
            .list());
  }

  private String upload(int colour) throws Exception {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 1, colour);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(
        """
        --B\r
        Content-Disposition: form-data; name="files"; filename="a.png"\r
        Content-Type: image/png\r
        \r
        """
            .getBytes(StandardCharsets.UTF_8));
    ImageIO.write(image, "png", body);
    body.write("\r\n--B--\r\n".getBytes(StandardCharsets.UTF_8));
    try (HttpClient http = HttpClient.newHttpClient()) {
      String answer =
          http.send(
                  HttpRequest.newBuilder(
                          URI.create(
                              "http://localhost:"
                                  + environment.getProperty("local.server.port")
                                  + "/api/uploads"))
                      .header("Content-Type", "multipart/form-data; boundary=B")
                      .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                      .build(),
                  BodyHandlers.ofString())
              .body();
      return JSON.readTree(answer).at("/0/url").asString();
    }
  }
}
