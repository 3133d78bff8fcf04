package io.kombine.batch.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.batch.artifact.OwnedArtifacts;
import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.ContractJson;
import io.kombine.worker.artifact.ImageArtifacts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class CommonDoorIT extends DoorIT {

  private static final String NOBODYS = "/api/batches/0199aaaa-0000-7000-8000-000000000000";

  @Autowired ImageArtifacts store;
  @Autowired OwnedArtifacts artifacts;

  private String submitted(String name) throws IOException {
    Answer answer =
        post(
            "/api/pipelines/bulk",
            pipeline(List.of(uploaded(1), uploaded(2))).replace("Spring", name));
    assertThat(answer.status()).as("%s", answer.raw().body()).isEqualTo(202);
    return answer.text("/batch_id");
  }

  /** Makes a step SUCCEEDED with one image, as its event would. */
  private void succeed(String batchId, int ordinal, int seed) throws IOException {
    ArtifactRef artifact = store.put(Images.image("jpeg", 30, 20, seed));
    UUID id = artifacts.register("local", artifact, null);
    UUID step =
        jdbc.sql(
                "UPDATE steps SET state = 'SUCCEEDED', rank = 10, cost = price_amount WHERE batch_id = ?::uuid AND ordinal = ? RETURNING step_id")
            .params(batchId, ordinal)
            .query(UUID.class)
            .single();
    jdbc.sql("INSERT INTO step_outputs VALUES (?, 0, ?::uuid, ?, ?::jsonb)")
        .params(step, batchId, id, ContractJson.mapper().writeValueAsString(artifact))
        .update();
  }

  @Test
  void aBatchShowsCountsThatAddUpAndItsMoney() throws IOException {
    String id = submitted("Counted");
    succeed(id, 0, 21);

    Answer batch = get("/api/batches/" + id);

    assertThat(batch.status()).as("%s", batch.raw().body()).isEqualTo(200);
    JsonNode counts = batch.body().at("/counts");
    assertThat(counts.at("/total").asInt()).isEqualTo(12);
    assertThat(counts.at("/succeeded").asInt()).isEqualTo(1);
    assertThat(counts.valueStream().mapToInt(JsonNode::asInt).sum()).isEqualTo(24);
    assertThat(batch.text("/kind")).isEqualTo("pipeline");
    assertThat(batch.text("/stages/0/kind")).isEqualTo("i2i");
    assertThat(batch.body().at("/cost/quoted").decimalValue()).isEqualByComparingTo("0.408");
    assertThat(batch.body().at("/cost/to_finish").decimalValue()).isEqualByComparingTo("0.406");
    assertThat(batch.body().has("started_at")).isTrue();
    send(to("/api/batches/" + id).header("X-Api-Key", ANNS_KEY)).isProblem(404, "batch-not-found");
  }

  @Test
  void batchesAreListedByNameNewestFirstPageByPage() throws IOException {
    String first = submitted("Zebra one");
    String second = submitted("zebra TWO");

    Answer page = get("/api/batches?name=ZEBRA&limit=1&kind=pipeline");
    Answer rest = get("/api/batches?name=zebra&limit=1&cursor=" + page.text("/next_cursor"));

    assertThat(page.text("/batches/0/batch_id")).isEqualTo(second);
    assertThat(rest.text("/batches/0/batch_id")).isEqualTo(first);
    assertThat(rest.body().at("/next_cursor").isNull()).isTrue();
    get("/api/batches?limit=201").isProblem(400, "invalid-request").names("limit");
    get("/api/batches?kind=film").isProblem(400, "invalid-request").names("kind");
    get("/api/batches?cursor=x").isProblem(400, "invalid-request").names("cursor");
    get(NOBODYS).isProblem(404, "batch-not-found");
  }

  @Test
  void stepsCarryLineageOutputsAndPages() throws IOException {
    String id = submitted("Steps");
    succeed(id, 0, 22);

    Answer steps = get("/api/batches/" + id + "/steps?limit=2");
    Answer videos = get("/api/batches/" + id + "/steps?kind=i2v&group=1");

    assertThat(steps.status()).as("%s", steps.raw().body()).isEqualTo(200);
    assertThat(steps.text("/steps/0/state")).isEqualTo("SUCCEEDED");
    assertThat(steps.text("/steps/1/parent_id")).isEqualTo(steps.text("/steps/0/step_id"));
    assertThat(steps.text("/next_cursor")).isEqualTo("1");
    assertThat(get(steps.text("/steps/0/outputs/0/url")).status()).isEqualTo(200);
    assertThat(get(steps.text("/steps/0/outputs/0/thumbnail_url")).status()).isEqualTo(200);
    assertThat(videos.body().at("/steps").size()).isEqualTo(4);
    Answer view = get("/api/pipelines/" + id);
    assertThat(view.text("/groups/0/i2i_outputs/0/step_type")).isEqualTo("i2i");
    assertThat(view.text("/groups/0/i2i_outputs/0/outputs/items/0/type")).isEqualTo("image");
    assertThat(view.text("/groups/0/i2i_outputs/0/inputs/prompt")).isEqualTo("at sunset");
    assertThat(view.body().at("/totals/i2i_generated").asInt()).isEqualTo(1);
  }

  @Test
  void theZipHoldsTheTreeOfWhatIsDone() throws Exception {
    String id = submitted("Zipped");
    succeed(id, 0, 23);
    succeed(id, 6, 24);
    String folder =
        jdbc.sql("SELECT folder FROM batches WHERE batch_id = ?::uuid")
            .param(id)
            .query(String.class)
            .single();

    assertThat(entries("/api/batches/" + id + "/download"))
        .containsExactly(
            folder + "/001_cat 1/i2i/p1_v1_at_sunset.jpg",
            folder + "/002_cat 2/i2i/p1_v1_at_sunset.jpg");
    assertThat(entries("/api/batches/" + id + "/groups/1/download"))
        .containsExactly(folder + "/002_cat 2/i2i/p1_v1_at_sunset.jpg");
    get("/api/batches/" + id + "/groups/2/download").isProblem(404, "group-not-found");
    get(NOBODYS + "/download").isProblem(404, "batch-not-found");
  }

  private List<String> entries(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> zip = http.send(to(path).build(), BodyHandlers.ofByteArray());
    assertThat(zip.statusCode()).isEqualTo(200);
    assertThat(zip.headers().firstValue("content-type")).hasValue("application/zip");
    List<String> names = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.body()))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        assertThat(in.readAllBytes()).startsWith((byte) 0xFF, (byte) 0xD8);
        names.add(entry.getName());
      }
    }
    return names;
  }

  @Test
  void anUploadIsServedBackWholeInPartsAndAsAThumbnail() throws Exception {
    byte[] image = Images.image("png", 300, 200, 31);
    Answer uploaded = upload(List.of(new Part("../a\"b.png", image)));
    assertThat(uploaded.status()).as("%s", uploaded.raw().body()).isEqualTo(200);
    String url = uploaded.text("/0/url");
    assertThat(uploaded.text("/0/media_type")).isEqualTo("image/png");
    assertThat(uploaded.body().at("/0/width_px").asInt()).isEqualTo(300);

    HttpResponse<byte[]> whole = http.send(to(url).build(), BodyHandlers.ofByteArray());
    HttpResponse<byte[]> part =
        http.send(to(url).header("Range", "bytes=10-19").build(), BodyHandlers.ofByteArray());
    HttpResponse<byte[]> small =
        http.send(to(url + "?thumbnail=128").build(), BodyHandlers.ofByteArray());

    assertThat(whole.body()).isEqualTo(image);
    assertThat(whole.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(java.util.Arrays.copyOfRange(image, 10, 20));
    assertThat(part.headers().firstValue("content-range")).hasValue("bytes 10-19/" + image.length);
    assertThat(small.headers().firstValue("content-type")).hasValue("image/jpeg");
    String etag = whole.headers().firstValue("etag").orElseThrow();
    assertThat(send(to(url).header("If-None-Match", etag)).status()).isEqualTo(304);
    send(to(url).header("Range", "bytes=999999999-")).isProblem(416, "range-not-satisfiable");
    send(to(url).header("X-Api-Key", ANNS_KEY)).isProblem(404, "artifact-not-found");
    get(url + "?thumbnail=64").isProblem(400, "invalid-request").names("thumbnail");
  }

  @Test
  void oneBadFileRefusesTheWholeUpload() throws IOException {
    int before = rows("artifacts");

    upload(
            List.of(
                new Part("ok.png", Images.image("png", 20, 20, 77)),
                new Part("page.png", "<html>".getBytes(StandardCharsets.UTF_8)),
                new Part("cut.jpg", Images.truncated())))
        .isProblem(422, "unusable-file")
        .names("files[1]", "files[2]");
    upload(List.of()).isProblem(400, "invalid-request").names("files");
    post("/api/uploads", "{}").isProblem(415, "unsupported-media-type");

    assertThat(rows("artifacts")).isEqualTo(before);
  }

  @Test
  void modelsAreListedWithTheirPrices() {
    Answer models = get("/api/models");

    assertThat(models.status()).isEqualTo(200);
    assertThat(models.body().at("/models").valueStream().map(m -> m.at("/id").asString()))
        .containsExactly("local-image", "local-text", "local-video", "local-voice");
    assertThat(models.body().at("/models/0/prices/0/amount").decimalValue())
        .isEqualByComparingTo("0.002");
  }

  @Test
  void promptsAreEnrichedTheSameWayEachTime() {
    String body = "{\"prompts\": [\"a cat at dusk\", \"zoom in\"]}";

    Answer once = post("/api/prompts/enhance", body);

    assertThat(once.text("/prompts/0/enhanced")).startsWith("a cat at dusk, ");
    assertThat(post("/api/prompts/enhance", body).body()).isEqualTo(once.body());
    post("/api/prompts/enhance", "{\"prompts\": []}")
        .isProblem(400, "invalid-request")
        .names("prompts");
    post("/api/prompts/enhance", "{\"prompts\": [\"a\"], \"model\": \"x\"}")
        .isProblem(422, "unknown-model")
        .names("model");
  }

  @Test
  void aBatchIsPausedResumedApprovedAndCancelled() throws IOException {
    String id = submitted("Steered");
    String batch = "/api/batches/" + id;
    jdbc.sql(
            "UPDATE steps SET state = 'AWAITING_APPROVAL', rank = 1 WHERE batch_id = ?::uuid AND kind = 'i2v'")
        .param(id)
        .update();

    assertThat(empty(batch + "/pause").text("/status")).isEqualTo("PAUSED");
    assertThat(empty(batch + "/resume").text("/status")).isEqualTo("QUEUED");
    post(batch + "/approvals", "{}").isProblem(400, "invalid-request").names("step_ids");
    post(batch + "/approvals", "{\"step_ids\": [7]}")
        .isProblem(400, "invalid-request")
        .names("step_ids[0]");
    Answer approved = post(batch + "/approvals", "{\"all\": true}");
    assertThat(approved.body().at("/approved_steps").size()).isEqualTo(8);
    assertThat(get(batch).body().at("/counts/ready").asInt()).isEqualTo(12);
    post(batch + "/steps/" + id + "/decision", "{\"decision\": \"retry\"}")
        .isProblem(404, "step-not-found");
    post(batch + "/steps/" + id + "/decision", "{\"decision\": \"maybe\"}")
        .isProblem(400, "invalid-request")
        .names("decision");
    assertThat(empty(batch + "/retry-failed").body().at("/steps").asInt()).isZero();
    empty(NOBODYS + "/cancel").isProblem(404, "batch-not-found");
  }

  private Answer empty(String path) {
    return send(to(path).POST(BodyPublishers.noBody()));
  }
}
