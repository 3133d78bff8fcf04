package io.kombine.batch.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@Import(MovableClock.Configuration.class)
class ScenesDoorIT extends DoorIT {

  private static final String IMAGES = "/batch/images";
  private static final String VIDEOS = "/batch/videos";
  private static final String HASH = "X-Batch-Hash";

  private static final String ROWS =
      """
      {"scene_id": "SCENE-001", "prompt": "Modern kitchen with morning light", "variants": 2},
      {"scene_id": "SCENE-002", "prompt": "Cozy living room with fireplace", "variants": 3},
      {"scene_id": "SCENE-003", "prompt": "Home office with plants", "variants": 1}\
      """;

  @Autowired MovableClock clock;

  @Test
  void aDryRunPricesEveryImageMakesNoBatchAndTheLiveCallOfItsHashMakesSix() {
    int batches = rows("batches");
    Answer dryRun = post(IMAGES, body(ROWS, "dry_run"));

    assertThat(dryRun.status()).as("%s", dryRun.raw().body()).isEqualTo(200);
    assertThat(dryRun.text("/batch_job/status")).isEqualTo("DRY_RUN");
    assertThat(dryRun.body().at("/batch_job/images").size()).isEqualTo(6);
    assertThat(dryRun.body().at("/batch_job/cost/total").decimalValue())
        .isEqualByComparingTo("0.012");
    String hash = dryRun.text("/batch_job/batch_hash");
    assertThat(dryRun.raw().headers().firstValue(HASH)).hasValue(hash);
    assertThat(hash).matches("[0-9a-f]{64}");
    assertThat(rows("batches")).isEqualTo(batches);

    Answer live = post(IMAGES, body(ROWS, "live"), HASH, hash);

    assertThat(live.status()).as("%s", live.raw().body()).isEqualTo(202);
    assertThat(live.body().at("/batch_job/images").size()).isEqualTo(6);
    assertThat(live.text("/batch_job/images/1/scene_id")).isEqualTo("SCENE-001");
    assertThat(live.body().at("/batch_job/images/1/variant").asInt()).isEqualTo(2);
    assertThat(live.raw().headers().firstValue("location"))
        .hasValue("/status/" + live.text("/batch_job/id"));
    Answer status = get("/status/" + live.text("/batch_job/id"));
    assertThat(status.text("/status")).isEqualTo("QUEUED");
    assertThat(status.body().at("/progress").asInt()).isZero();
    assertThat(status.body().at("/results").size()).isEqualTo(6);
    assertThat(
            jdbc.sql(
                    "SELECT inputs::text || ' ' || (deliveries->0->'path')::text FROM steps WHERE batch_id = ?::uuid ORDER BY ordinal LIMIT 2")
                .param(live.text("/batch_job/id"))
                .query(String.class)
                .list())
        .containsExactly(
            "[] [\"001_SCENE-001\", \"variant_1.jpg\"]",
            "[] [\"001_SCENE-001\", \"variant_2.jpg\"]");
  }

  @Test
  void theHashIsOfTheRowsAloneInAnyOrderAndSpacing() {
    String one = row("A", "red", 1);
    String two = row("B", "blue", 2);

    String hash = hash(one + "," + two);

    assertThat(hash(two + "," + row(" A ", "red  ", 1))).isEqualTo(hash);
    clock.move(Duration.ofHours(30));
    assertThat(hash(one + "," + two)).isEqualTo(hash);
    assertThat(hash(one + "," + row("B", "blue", 3))).isNotEqualTo(hash);
    assertThat(hash(one + "," + row("B", "blues", 2))).isNotEqualTo(hash);
  }

  @Test
  void aLiveCallWithoutADryRunOfTheLastDayIsRefused() {
    String rows = row("day", "sunrise", 1);
    String hash = hash(rows);
    int batches = rows("batches");

    post(IMAGES, body(rows, "live")).isProblem(409, "dry-run-required").names(HASH);
    post(IMAGES, body(rows, "live"), HASH, "0".repeat(64))
        .isProblem(409, "dry-run-required")
        .names(HASH);
    post(IMAGES, body(row("day", "sunset", 1), "live"), HASH, hash)
        .isProblem(409, "dry-run-required")
        .names(HASH);
    post(IMAGES, body(rows, "live"), HASH, hash, "X-Api-Key", ANNS_KEY)
        .isProblem(409, "dry-run-required");
    clock.move(Duration.ofHours(24));
    post(IMAGES, body(rows, "live"), HASH, hash).isProblem(409, "dry-run-required").names(HASH);
    assertThat(rows("batches")).isEqualTo(batches);

    hash(rows);
    clock.move(Duration.ofHours(24).minusSeconds(30));
    assertThat(post(IMAGES, body(rows, "live"), HASH, hash).status()).isEqualTo(202);
  }

  @Test
  void aLiveCallIsIdempotentByItsKey() {
    String rows = row("once", "a lake", 2);
    String hash = hash(rows);
    Answer first = post(IMAGES, body(rows, "live"), HASH, hash, "Idempotency-Key", "scenes-1");
    int batches = rows("batches");
    clock.move(Duration.ofHours(48));

    Answer again = post(IMAGES, body(rows, "live"), HASH, hash, "Idempotency-Key", "scenes-1");

    assertThat(again.status()).as("%s", again.raw().body()).isEqualTo(202);
    assertThat(again.text("/batch_job/id")).isEqualTo(first.text("/batch_job/id"));
    post(IMAGES, body(row("once", "a sea", 2), "live"), HASH, hash, "Idempotency-Key", "scenes-1")
        .isProblem(422, "idempotency-key-reused");
    assertThat(rows("batches")).isEqualTo(batches);
  }

  @Test
  void eachLimitHoldsAtItsEdgeAndNotOneBeyond() {
    String ten =
        IntStream.range(0, 10).mapToObj(i -> row("s" + i, "p", 3)).collect(Collectors.joining(","));
    String longest = row("x".repeat(100), "p", 1);

    assertThat(post(IMAGES, body(ten, "dry_run")).status()).isEqualTo(200);
    assertThat(post(IMAGES, body(longest, "dry_run")).status()).isEqualTo(200);
    post(IMAGES, body(ten + "," + row("s10", "p", 1), "dry_run"))
        .isProblem(400, "invalid-request")
        .names("items");
    post(IMAGES, body("", "dry_run")).isProblem(400, "invalid-request").names("items");
    post(IMAGES, body(row("x".repeat(101), "p", 1), "dry_run"))
        .isProblem(400, "invalid-request")
        .names("items[0].scene_id");
    post(IMAGES, body(row("a", "p", 1) + "," + row("a", "q", 1), "dry_run"))
        .isProblem(400, "invalid-request")
        .names("items[1].scene_id");
    post(IMAGES, body(row("a", "p".repeat(4_001), 1), "dry_run"))
        .isProblem(422, "unsupported-by-model")
        .names("items[0].prompt");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "variants": 1            | "variants": 0                       | items[0].variants
          "variants": 1            | "variants": 4                       | items[0].variants
          "variants": 1            | "variants": 1.5                     | items[0].variants
          "variants": 1            | "variants": "1"                     | items[0].variants
          "variants": 1            | "x": 1                              | items[0].variants
          "prompt": "p"            | "prompt": " "                       | items[0].prompt
          "prompt": "p"            | "prompt": "a\\u0000b"               | items[0].prompt
          "scene_id": "s"          | "scene_id": ""                      | items[0].scene_id
          "scene_id": "s"          | "scene_id": 7                       | items[0].scene_id
          "runMode": "dry_run"     | "runMode": "dry"                    | runMode
          "runMode": "dry_run"     | "x": 1                              | runMode
          "variants": 1            | "variants": 1, "reference_images": ["1","2","3","4","5"] | items[0].reference_images
          "variants": 1            | "variants": 1, "reference_images": [null] | items[0].reference_images[0]
          """)
  void anInvalidFieldIsNamed(String good, String bad, String field) {
    String body = body(row("s", "p", 1), "dry_run").replace(good, bad);

    post(IMAGES, body).isProblem(400, "invalid-request").names(field);
  }

  @Test
  void aReferenceThatIsNoImageIsNamedByRow() {
    String rows =
        row("a", "p", 1)
            + ","
            + row("b", "p", 1)
                .replace(
                    "}",
                    ", \"reference_images\": [\"/api/artifacts/0199aaaa-0000-7000-8000-000000000000\"]}");

    post(IMAGES, body(rows, "dry_run"))
        .isProblem(422, "unusable-source")
        .names("items[1].reference_images[0]");
  }

  @Test
  void theTextFormIsReadLineByLine() {
    String text =
        """
        SCENE-001 | Modern kitchen with morning light | 2

        SCENE-002 | Cozy living room | 4
        SCENE-003 | Home office with plants
        SCENE-001 | Another kitchen | 1
        | no name | 1
        SCENE-004 | Attic | 3
        """;

    Answer parsed = post("/batch/images:parse", "{\"text\": %s}".formatted(quoted(text)));

    assertThat(parsed.status()).as("%s", parsed.raw().body()).isEqualTo(200);
    assertThat(parsed.body().at("/items").valueStream().map(i -> i.at("/scene_id").asString()))
        .containsExactly("SCENE-001", "SCENE-004");
    assertThat(parsed.body().at("/items/0/variants").asInt()).isEqualTo(2);
    assertThat(
            parsed
                .body()
                .at("/errors")
                .valueStream()
                .map(e -> e.at("/line").asInt() + " " + e.at("/field").asString("")))
        .containsExactly("3 variants", "4 ", "5 scene_id", "6 scene_id");
    assertThat(parsed.body().at("/errors/0/accepted").toString()).isEqualTo("[\"1\",\"2\",\"3\"]");
    assertThat(parsed.text("/errors/1/accepted/0")).isEqualTo("scene_id | prompt | variants");

    Answer plain =
        send(
            to("/batch/images:parse")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(text)));
    assertThat(plain.body()).isEqualTo(parsed.body());
    post("/batch/images:parse", "{}").isProblem(400, "invalid-request").names("text");
  }

  @Test
  void theEleventhRowOfATextIsRefusedByItsLine() {
    String text =
        IntStream.rangeClosed(1, 11)
            .mapToObj(i -> "S" + i + " | p | 1")
            .collect(Collectors.joining("\n"));

    Answer parsed = post("/batch/images:parse", "{\"text\": %s}".formatted(quoted(text)));

    assertThat(parsed.body().at("/items").size()).isEqualTo(10);
    assertThat(parsed.body().at("/errors/0/line").asInt()).isEqualTo(11);
  }

  @Test
  void oneImageOfAnySceneIsApprovedAndOnlyApprovedOnesBecomeVideos() throws IOException {
    String job = live(row("k", "kitchen", 2) + "," + row("l", "living room", 1));
    List<String> images = succeed(job);
    String approvals = "/batch/jobs/" + job + "/approvals";
    String both = clip("k") + "," + clip("l");

    post(VIDEOS, videos(both, 2))
        .isProblem(422, "not-approved")
        .names("items[0].scene_id", "items[1].scene_id");
    post(approvals, approve("k", images.get(2)))
        .isProblem(422, "image-of-another-scene")
        .names("approvals[0].artifact_id");
    post(approvals, approve("m", images.get(0)))
        .isProblem(400, "invalid-request")
        .names("approvals[0].scene_id");
    post(
            approvals,
            "{\"approvals\": [%s, %s]}"
                .formatted(choice("k", images.get(0)), choice("k", images.get(1))))
        .isProblem(400, "invalid-request")
        .names("approvals[1].scene_id");
    assertThat(get(approvals).body().at("/approvals").size()).isZero();

    assertThat(post(approvals, approve("k", images.get(0))).status()).isEqualTo(200);
    Answer changed = post(approvals, approve("k", images.get(1)));

    assertThat(changed.body().at("/approvals").size()).isEqualTo(1);
    assertThat(changed.text("/approvals/0/artifact_id")).isEqualTo(images.get(1));
    assertThat(
            get("/status/" + job)
                .body()
                .at("/results")
                .valueStream()
                .map(r -> r.at("/approved").asBoolean()))
        .containsExactly(false, true, false);
    post(VIDEOS, videos(both, 2)).isProblem(422, "not-approved").names("items[1].scene_id");

    Answer clips = post(VIDEOS, videos(clip("k"), 1), "Idempotency-Key", "clips-1");
    assertThat(clips.status()).as("%s", clips.raw().body()).isEqualTo(202);
    assertThat(clips.body().at("/batch_job/videos").size()).isEqualTo(1);
    assertThat(clips.body().at("/batch_job/images").isMissingNode()).isTrue();
    assertThat(clips.text("/batch_job/videos/0/prompt")).isEqualTo("kitchen");
    assertThat(
            post(VIDEOS, videos(clip("k"), 1), "Idempotency-Key", "clips-1").text("/batch_job/id"))
        .isEqualTo(clips.text("/batch_job/id"));
    assertThat(
            jdbc.sql("SELECT source_url FROM batch_groups WHERE batch_id = ?::uuid")
                .param(clips.text("/batch_job/id"))
                .query(String.class)
                .single())
        .isEqualTo("/api/artifacts/" + images.get(1));

    assertThat(send(to(approvals + "/k").DELETE()).body().at("/approvals").size()).isZero();
    post(VIDEOS, videos(clip("k"), 1)).isProblem(422, "not-approved");
    post(approvals, approve("k", images.get(0)), "X-Api-Key", ANNS_KEY)
        .isProblem(404, "batch-not-found");
  }

  @Test
  void theConfirmedCountMustBeTheNumberOfClips() throws IOException {
    String job = live(row("c", "castle", 1));
    String image = succeed(job).getFirst();
    assertThat(post("/batch/jobs/" + job + "/approvals", approve("c", image)).status())
        .isEqualTo(200);
    int batches = rows("batches");

    for (int wrong : List.of(0, 2)) {
      Answer refused =
          post(VIDEOS, videos(clip("c"), wrong)).isProblem(422, "confirm-count-differs");
      refused.names("confirmCount");
      assertThat(refused.text("/detail")).contains("is " + wrong).contains("makes 1 clips");
      assertThat(refused.body().at("/confirm_count").asInt()).isEqualTo(wrong);
      assertThat(refused.body().at("/clips").asInt()).isEqualTo(1);
    }
    post(VIDEOS, videos(clip("c"), 1).replace("\"confirmCount\": 1", "\"x\": 1"))
        .isProblem(400, "invalid-request")
        .names("confirmCount");
    post(VIDEOS, videos(clip("c"), 1).replace("live", "dry_run"))
        .isProblem(400, "invalid-request")
        .names("runMode");
    assertThat(rows("batches")).isEqualTo(batches);
  }

  @Test
  void aSignedAddressTakesOneImageWithoutAKeyUntilItExpires() {
    Answer signed =
        post(
            "/signed-upload",
            "{\"file_name\": \"ref.png\", \"content_type\": \"image/png\"}",
            "X-Api-Key",
            ANNS_KEY);
    assertThat(signed.status()).as("%s", signed.raw().body()).isEqualTo(200);
    String address = signed.text("/upload_url");
    byte[] png = Images.image("png", 60, 40, 31);

    put(address + "x", png).isProblem(401, "unauthorized").names("signature");
    put(address.replaceAll("\\?.*", ""), png).isProblem(401, "unauthorized");
    put(address, Images.image("jpeg", 60, 40, 31)).isProblem(422, "unusable-file").names("(body)");
    put(address, new byte[100]).isProblem(422, "unusable-file").names("(body)");
    Answer taken = put(address, png);

    assertThat(taken.status()).as("%s", taken.raw().body()).isEqualTo(200);
    assertThat(taken.body().at("/width_px").asInt()).isEqualTo(60);
    assertThat(put(address, png).text("/url")).isEqualTo(taken.text("/url"));
    put(address, Images.image("png", 60, 40, 32)).isProblem(409, "state-conflict");
    assertThat(
            send(to("/api/uploads/" + signed.text("/upload_id")).header("X-Api-Key", ANNS_KEY))
                .text("/url"))
        .isEqualTo(taken.text("/url"));
    get("/api/uploads/" + signed.text("/upload_id")).isProblem(404, "artifact-not-found");
    String rows =
        row("r", "p", 1).replace("}", ", \"reference_images\": [\"" + taken.text("/url") + "\"]}");
    assertThat(post(IMAGES, body(rows, "dry_run"), "X-Api-Key", ANNS_KEY).status()).isEqualTo(200);
    post(IMAGES, body(rows, "dry_run")).isProblem(422, "unusable-source");

    clock.move(Duration.ofMinutes(16));
    put(address, png).isProblem(410, "upload-expired");
    post("/signed-upload", "{\"content_type\": \"image/gif\"}")
        .isProblem(400, "invalid-request")
        .names("content_type");
  }

  @Test
  void aSignedAddressTakesMoreThanJsonMayBeAndNoMoreThanItSays() {
    Answer signed = post("/signed-upload", "{\"content_type\": \"image/png\"}");
    byte[] large = new byte[2_000_000];

    put(signed.text("/upload_url"), large).isProblem(422, "unusable-file");
    assertThat(signed.body().at("/max_bytes").asInt()).isEqualTo(50 * 1024 * 1024);
    put(signed.text("/upload_url"), new byte[50 * 1024 * 1024 + 1])
        .isProblem(413, "body-too-large");
  }

  private Answer put(String path, byte[] bytes) {
    return send(
        to(path).header("Content-Type", "image/png").PUT(BodyPublishers.ofByteArray(bytes)));
  }

  private String hash(String rows) {
    Answer dryRun = post(IMAGES, body(rows, "dry_run"));
    assertThat(dryRun.status()).as("%s", dryRun.raw().body()).isEqualTo(200);
    return dryRun.text("/batch_job/batch_hash");
  }

  private String live(String rows) {
    Answer live = post(IMAGES, body(rows, "live"), HASH, hash(rows));
    assertThat(live.status()).as("%s", live.raw().body()).isEqualTo(202);
    return live.text("/batch_job/id");
  }

  /** Gives each step of a job an image, as workers would. */
  private List<String> succeed(String job) throws IOException {
    List<String> images = new ArrayList<>();
    List<String> steps =
        jdbc.sql("SELECT step_id::text FROM steps WHERE batch_id = ?::uuid ORDER BY ordinal")
            .param(job)
            .query(String.class)
            .list();
    for (String step : steps) {
      String image = uploaded(step.hashCode()).replace("/api/artifacts/", "");
      jdbc.sql("UPDATE steps SET state = 'SUCCEEDED' WHERE step_id = ?::uuid").param(step).update();
      jdbc.sql(
              """
              INSERT INTO step_outputs (step_id, output_index, batch_id, artifact_id, artifact)
              SELECT ?::uuid, 0, ?::uuid, artifact_id, artifact FROM artifacts
              WHERE artifact_id = ?::uuid
              """)
          .params(step, job, image)
          .update();
      images.add(image);
    }
    return images;
  }

  private static String body(String rows, String runMode) {
    return "{\"items\": [%s], \"runMode\": \"%s\"}".formatted(rows, runMode);
  }

  private static String row(String id, String prompt, int variants) {
    return "{\"scene_id\": \"%s\", \"prompt\": \"%s\", \"variants\": %d}"
        .formatted(id, prompt, variants);
  }

  private static String clip(String sceneId) {
    return "{\"scene_id\": \"" + sceneId + "\"}";
  }

  private static String videos(String items, int confirmCount) {
    return "{\"items\": [%s], \"runMode\": \"live\", \"confirmCount\": %d}"
        .formatted(items, confirmCount);
  }

  private static String choice(String sceneId, String artifactId) {
    return "{\"scene_id\": \"%s\", \"artifact_id\": \"%s\"}".formatted(sceneId, artifactId);
  }

  private static String approve(String sceneId, String artifactId) {
    return "{\"approvals\": [" + choice(sceneId, artifactId) + "]}";
  }

  private static String quoted(String text) {
    return JSON.writeValueAsString(text);
  }
}
