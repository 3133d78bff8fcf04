package io.kombine.batch.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.batch.door.DoorCases.Case;
import io.kombine.batch.door.DoorCases.Form;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** Holds slideshows, storyboards, variants and scenes to one answer over REST and over Kafka. */
@Import(MovableClock.Configuration.class)
@TestPropertySource(properties = "kombine.espeak.installed=true")
class EveryDoorIT extends DoorIT {

  private static final String NO_HASH = "0".repeat(64);

  @Autowired MovableClock clock;

  /** What the bodies' placeholders stand for. */
  private final Map<String, String> things = new TreeMap<>();

  private int projects;

  private final Map<Form, String> bodies =
      Map.of(
          Form.SLIDESHOW,
          """
          {"name": "Mugs", "product_photo": "{upload}", "product_description": "A mug", "links": [{"url": "tiktok.com/@a/photo/1", "slides": ["{upload}"]}],
           "photo_variations": 1, "text_variations": 1, "jpeg_quality": 88}
          """,
          Form.STORYBOARD,
          """
          {"projectId": "{project}", "stages": ["images"]}
          """,
          Form.VARIANT,
          """
          {"productIds": ["{product}"], "variant": "MAIN", "imageTypeId": "{type}"}
          """,
          Form.SCENE_IMAGES,
          """
          {"items": [{"scene_id": "S", "prompt": "p", "variants": 1}], "runMode": "live"}
          """,
          Form.SCENE_VIDEOS,
          """
          {"items": [{"scene_id": "K"}], "runMode": "live", "confirmCount": 1}
          """);

  @BeforeAll
  void thereIsWhatRequestsName() throws IOException {
    String upload = uploaded(1);
    things.put("{upload}", upload);
    things.put(
        "{product}",
        made(
            "/api/products",
            "{\"asin\": \"B0EVERY001\", \"title\": \"Mug\", \"images\": [{\"variant\": \"MAIN\", \"url\": \"%s\"}]}"
                .formatted(upload),
            "/productId"));
    things.put(
        "{type}",
        made(
            "/api/image-types",
            "{\"name\": \"Every\", \"prompt\": \"{{title}}\"}",
            "/imageTypeId"));
    things.put(
        "{withoutPrompt}", project("{\"text\": \"a\", \"imagePrompt\": \"b\"}, {\"text\": \"c\"}"));
    things.put("{empty}", project(""));
    approveScene();
  }

  private String made(String path, String body, String id) {
    Answer answer = post(path, body);
    assertThat(answer.status()).as("%s", answer.raw().body()).isEqualTo(201);
    return answer.text(id);
  }

  private String project(String sentences) {
    return made(
        "/api/v1/projects",
        "{\"name\": \"Every\", \"durationSec\": 1, \"sentences\": [%s]}".formatted(sentences),
        "/id");
  }

  /** Scene K has an approved image, scene L has images of which none is. */
  private void approveScene() {
    String rows =
        """
        {"items": [{"scene_id": "K", "prompt": "k", "variants": 1}, {"scene_id": "L", "prompt": "l", "variants": 1}], "runMode": "live"}
        """;
    Answer live = post("/batch/images", rows, "X-Batch-Hash", hashOf(rows));
    String job = live.text("/batch_job/id");
    String image = things.get("{upload}").replace("/api/artifacts/", "");
    jdbc.sql("UPDATE steps SET state = 'SUCCEEDED' WHERE batch_id = ?::uuid").param(job).update();
    jdbc.sql(
            """
            INSERT INTO step_outputs (step_id, output_index, batch_id, artifact_id, artifact)
            SELECT s.step_id, 0, s.batch_id, a.artifact_id, a.artifact FROM steps s, artifacts a
            WHERE s.batch_id = ?::uuid AND s.ordinal = 0 AND a.artifact_id = ?::uuid
            """)
        .params(job, image)
        .update();
    Answer approved =
        post(
            "/batch/jobs/" + job + "/approvals",
            "{\"approvals\": [{\"scene_id\": \"K\", \"artifact_id\": \"%s\"}]}".formatted(image));
    assertThat(approved.status()).as("%s", approved.raw().body()).isEqualTo(200);
  }

  static Stream<Case> good() {
    return DoorCases.all().filter(Case::isGood);
  }

  static Stream<Case> bad() {
    return DoorCases.all().filter(each -> !each.isGood());
  }

  @ParameterizedTest
  @MethodSource("good")
  void whatIsAtALimitIsAcceptedWithEqualPlans(Case each) {
    door(each.form()).accept(filled(changed(each)), filled(changed(each)));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void whatIsBeyondALimitIsRefusedAlike(Case each) {
    door(each.form())
        .refuse(
            filled(changed(each)),
            each.status(),
            each.type(),
            each.fields().toArray(String[]::new));
  }

  @Test
  void aHashOfYesterdaysDryRunIsRefusedAlike() {
    String rows = bodies.get(Form.SCENE_IMAGES).replace("\"p\"", "\"yesterday\"");
    String hash = hashOf(rows);
    clock.move(Duration.ofHours(24));

    door(Form.SCENE_IMAGES, hash).refuse(rows, 409, "dry-run-required", "X-Batch-Hash");
    door(Form.SCENE_IMAGES, NO_HASH).refuse(rows, 409, "dry-run-required", "X-Batch-Hash");
    hashOf(rows);
    door(Form.SCENE_IMAGES, hash).accept(rows, rows);
  }

  @Test
  void aWordThatIsNoneOfThoseTakenIsAnsweredWithThoseThatAre() {
    Answer refused =
        post("/batch/images", bodies.get(Form.SCENE_IMAGES).replace("live", "dry"))
            .isProblem(400, "invalid-request");

    assertThat(refused.body().at("/errors/0/accepted").toString())
        .isEqualTo("[\"dry_run\",\"live\"]");
  }

  private String changed(Case each) {
    String body = bodies.get(each.form()).strip();
    assertThat(body).contains(each.from());
    return body.replace(each.from(), each.to());
  }

  /** With things that are there; each body generates of a project of its own. */
  private String filled(String body) {
    String filled = body;
    if (filled.contains("{project}")) {
      projects++;
      filled =
          filled.replace(
              "{project}",
              project(
                  "{\"text\": \"a\", \"imagePrompt\": \"b\"}, {\"text\": \"c\", \"imagePrompt\": \"d\"}"));
    }
    for (Map.Entry<String, String> thing : things.entrySet()) {
      filled = filled.replace(thing.getKey(), thing.getValue());
    }
    return filled;
  }

  private String hashOf(String rows) {
    Answer dryRun = post("/batch/images", rows.replace("\"live\"", "\"dry_run\""));
    return dryRun.status() == 200 ? dryRun.text("/batch_job/batch_hash") : NO_HASH;
  }

  private BothDoors door(Form form) {
    return door(form, null);
  }

  /**
   * @param hash that live rows name; null for that of their dry run, made now
   */
  private BothDoors door(Form form, String hash) {
    return switch (form) {
      case SLIDESHOW -> bothDoors(form.kind, "/api/batch");
      case VARIANT ->
          new BothDoors(
              this,
              form.kind,
              body -> post("/api/images/bulk-generate-by-variant", body),
              "/jobId",
              body -> body);
      case STORYBOARD ->
          new BothDoors(
              this,
              form.kind,
              body -> post("/api/v1/projects/" + projectOf(body) + "/generate-all", body),
              "/batchId",
              body -> body);
      case SCENE_IMAGES ->
          new BothDoors(
              this,
              form.kind,
              body -> post("/batch/images", body, "X-Batch-Hash", named(hash, body)),
              "/batch_job/id",
              body ->
                  with(body, "\"type\": \"images\", \"batchHash\": \"" + named(hash, body) + '"'));
      case SCENE_VIDEOS ->
          new BothDoors(
              this,
              form.kind,
              body -> post("/batch/videos", body),
              "/batch_job/id",
              body -> with(body, "\"type\": \"videos\""));
    };
  }

  private String named(String hash, String body) {
    return hash == null ? hashOf(body) : hash;
  }

  private static String projectOf(String body) {
    return JSON.readTree(body).at("/projectId").asString();
  }

  private static String with(String body, String members) {
    return "{" + members + ", " + body.strip().substring(1);
  }

  /** So that the table cannot lose a kind unnoticed. */
  @Test
  void everyFormHasBothSortsOfCases() {
    for (Form form : Form.values()) {
      assertThat(good().map(Case::form)).contains(form);
      assertThat(List.copyOf(bad().filter(each -> each.form() == form).toList()))
          .hasSizeGreaterThan(7);
    }
  }
}
