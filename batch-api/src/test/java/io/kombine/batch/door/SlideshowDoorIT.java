package io.kombine.batch.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = "kombine.slideshow.pause=20ms")
class SlideshowDoorIT extends DoorIT {

  private static final String BATCH = "/api/batch";

  @Test
  void eachVariationOfALinkIsAnAnalysisAndAnImageForEachSlide() throws IOException {
    String slides = urls(List.of(uploaded(1), uploaded(2), uploaded(3)));
    String body =
        """
        {"links": [
           {"url": "tiktok.com/@ann.b_/photo/71?x=1", "slides": %s, "product_description": "A red mug"},
           {"url": "https://www.tiktokv.com/share/video/72", "slides": %s, "product_photo": "%s"}],
         "product_photo": "%s", "product_description": "A blue mug", "output_format": "PNG",
         "reuse": false}
        """
            .formatted(slides, urls(List.of(uploaded(4))), uploaded(5), uploaded(6));

    Answer accepted = post(BATCH, body);

    assertThat(accepted.status()).as("%s", accepted.raw().body()).isEqualTo(202);
    String id = accepted.text("/batch_id");
    assertThat(accepted.text("/status_url")).isEqualTo(BATCH + "/" + id + "/status");
    assertThat(accepted.raw().headers().firstValue("location"))
        .hasValue(BATCH + "/" + id + "/status");
    Answer status = awaitPlanned(id);
    assertThat(status.text("/status")).isEqualTo("QUEUED");
    assertThat(status.body().at("/total").asInt()).isEqualTo(2 * 6 + 6 * 3 + 6);
    assertThat(status.text("/links/0/folder")).isEqualTo("Link_001_@ann.b_");
    assertThat(status.text("/links/1/folder")).isEqualTo("Link_002_@unknown");
    assertThat(status.text("/links/0/status")).isEqualTo("waiting");
    assertThat(paths(id))
        .hasSize(36)
        .contains(
            "Link_001_@ann.b_/variation_1/analysis.json",
            "Link_001_@ann.b_/variation_1/slide_0.png",
            "Link_001_@ann.b_/variation_6/slide_2.png",
            "Link_002_@unknown/variation_6/slide_0.png")
        .doesNotContain("Link_002_@unknown/variation_1/slide_1.png");
    assertThat(
            jdbc.sql("SELECT folder FROM batches WHERE batch_id = ?::uuid")
                .param(id)
                .query(String.class)
                .single())
        .matches("TikTok Batch \\[\\d{4}-\\d\\d-\\d\\d \\d\\d-\\d\\d-\\d\\d\\.\\d{3}]");
    assertThat(
            jdbc.sql(
                    """
                    SELECT string_agg(x ->> 'role', ' ' ORDER BY n) FROM steps,
                      jsonb_array_elements(inputs) WITH ORDINALITY AS e (x, n)
                    WHERE batch_id = ?::uuid AND ordinal IN (0, 1) GROUP BY ordinal ORDER BY ordinal
                    """)
                .param(id)
                .query(String.class)
                .list())
        .containsExactly("IMAGE IMAGE IMAGE PRODUCT", "IMAGE PRODUCT ANALYSIS");
    assertThat(
            jdbc.sql("SELECT prompt FROM steps WHERE batch_id = ?::uuid AND kind = 'analysis'")
                .param(id)
                .query(String.class)
                .list())
        .as("fresh: no two are asked alike")
        .doesNotHaveDuplicates()
        .anyMatch(prompt -> prompt.endsWith("A red mug"))
        .anyMatch(prompt -> prompt.endsWith("A blue mug"));
    assertThat(
            jdbc.sql("SELECT group_limit FROM batches WHERE batch_id = ?::uuid")
                .param(id)
                .query(Integer.class)
                .single())
        .isEqualTo(5);
  }

  @Test
  void aLinkWithoutSlidesFailsByItselfAndTheOthersArePlanned() throws IOException {
    Answer accepted =
        post(
            BATCH,
            body(
                "{\"url\": \"tiktok.com/@a/photo/1\"},"
                    + "{\"url\": \"tiktok.com/@b/photo/2\", \"slides\": %s},"
                        .formatted(urls(List.of(uploaded(1))))
                    + "{\"url\": \"tiktok.com/@c/photo/3\", \"slides\": [\"%s\"]}"
                        .formatted(images.url("/missing.png"))));
    assertThat(accepted.status()).as("%s", accepted.raw().body()).isEqualTo(202);

    Answer status = awaitPlanned(accepted.text("/batch_id"));

    assertThat(status.text("/links/0/status")).isEqualTo("failed");
    assertThat(status.text("/links/0/error/code")).isEqualTo("slides_unsupported");
    assertThat(status.text("/links/0/error/message")).contains("links[0].slides");
    assertThat(status.text("/links/1/status")).isEqualTo("waiting");
    assertThat(status.text("/links/2/error/code")).isEqualTo("slides_unusable_slide");
    assertThat(status.text("/links/2/error/message")).contains("404");
    assertThat(status.body().at("/failed").asInt()).isEqualTo(12);
    assertThat(status.body().at("/remaining").asInt()).isEqualTo(12);
    assertThat(status.text("/recent_activity/0/message")).isNotBlank();
    Answer batch = get("/api/batches/" + accepted.text("/batch_id"));
    assertThat(batch.body().at("/counts/failed").asInt())
        .as("a link without slides is no success")
        .isEqualTo(12);
    assertThat(
            send(to(BATCH + "/" + accepted.text("/batch_id") + "/retry-failed")
                    .POST(BodyPublishers.noBody()))
                .body()
                .at("/steps")
                .asInt())
        .as("there is nothing to run them on")
        .isZero();
  }

  @Test
  void whereNoLinkHasSlidesTheBatchFails() throws IOException {
    Answer accepted = post(BATCH, body("{\"url\": \"tiktok.com/@a/photo/1\"}"));

    Answer status = awaitPlanned(accepted.text("/batch_id"));

    assertThat(status.text("/error/code")).isEqualTo("slides_missing");
    assertThat(status.body().at("/failed").asInt()).isEqualTo(status.body().at("/total").asInt());
  }

  @Test
  void aBatchIsCancelledWhileItsSlidesAreLookedFor() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String slow = "http://127.0.0.1:" + silent.getLocalPort() + "/slow.png";
      Answer accepted =
          post(
              BATCH,
              body("{\"url\": \"tiktok.com/@a/photo/1\", \"slides\": [\"%s\"]}".formatted(slow)));
      String id = accepted.text("/batch_id");
      assertThat(accepted.text("/status")).isEqualTo("PLANNING");
      assertThat(get(BATCH + "/" + id + "/status").text("/links/0/status")).isEqualTo("resolving");
      assertThat(get(BATCH + "/" + id + "/status").body().at("/percent").asInt()).isZero();

      assertThat(post(BATCH + "/" + id + "/cancel", "{}").status()).isIn(200, 202);

      assertThat(get(BATCH + "/" + id + "/status").text("/status")).isEqualTo("CANCELLED");
      silent.close();
      await()
          .pollDelay(Duration.ofSeconds(1))
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() ->
              assertThat(get(BATCH + "/" + id + "/status").text("/status")).isEqualTo("CANCELLED"));
      assertThat(count("SELECT count(*) FROM steps WHERE batch_id = ?::uuid", id)).isZero();
    }
  }

  @Test
  void sameKeyAndBodyIsTheSameBatchAndAnotherBodyIsRefused() throws IOException {
    String body = body(link(1, List.of(uploaded(1))));
    Answer first = post(BATCH, body, "Idempotency-Key", "s-1");
    int batches = rows("batches");

    Answer again = post(BATCH, body.replace("\n", " "), "Idempotency-Key", "s-1");

    assertThat(again.status()).isEqualTo(202);
    assertThat(again.text("/batch_id")).isEqualTo(first.text("/batch_id"));
    post(BATCH, body.replace("A mug", "A cup"), "Idempotency-Key", "s-1")
        .isProblem(422, "idempotency-key-reused");
    assertThat(rows("batches")).isEqualTo(batches);
  }

  @Test
  void anEstimateNeedsSlidesOrTheirNumberAndBinds() throws IOException {
    String known = body(link(1, List.of(uploaded(1), uploaded(2))));
    String open = body("{\"url\": \"tiktok.com/@a/photo/1\"}");

    post(BATCH + "/estimate", open).isProblem(400, "invalid-request").names("slides_per_link");
    Answer stated = post(BATCH + "/estimate", with(open, "\"slides_per_link\": 2"));
    Answer estimate = post(BATCH + "/estimate", known);

    assertThat(estimate.status()).as("%s", estimate.raw().body()).isEqualTo(200);
    assertThat(estimate.body().at("/counts/steps/analysis").asInt()).isEqualTo(6);
    assertThat(estimate.body().at("/counts/steps/i2i").asInt()).isEqualTo(12);
    assertThat(estimate.body().at("/counts/slides").asInt()).isEqualTo(2);
    assertThat(stated.body().at("/cost/total").decimalValue())
        .isEqualByComparingTo(estimate.body().at("/cost/total").decimalValue());
    String quote = "\"quote_id\": \"" + estimate.text("/quote_id") + "\"";
    post(BATCH, with(known, quote).replace("\"links\"", "\"photo_variations\": 4, \"links\""))
        .isProblem(409, "quote-differs");
    Answer held = post(BATCH, with(known, quote));
    assertThat(held.status()).as("%s", held.raw().body()).isEqualTo(202);
    assertThat(awaitPlanned(held.text("/batch_id")).text("/status")).isEqualTo("QUEUED");
  }

  @Test
  void oneAndAHundredLinksAreTakenNoneAndOneMoreAreNot() throws IOException {
    String slides = urls(List.of(uploaded(1)));
    String hundred = links(100, slides);

    assertThat(post(BATCH, body(hundred)).status()).isEqualTo(202);
    post(BATCH, body(links(101, slides))).isProblem(400, "invalid-request").names("links");
    post(BATCH, body("")).isProblem(400, "invalid-request").names("links");
    post(BATCH + "/links:parse", "{\"text\": \"%s\"}".formatted("x,".repeat(101)))
        .isProblem(400, "invalid-request")
        .names("text");
    post(BATCH + "/links:parse", "{}").isProblem(400, "invalid-request").names("text");
    Answer parsed =
        post(
            BATCH + "/links:parse",
            "{\"text\": \"tiktok.com/@a/photo/1\\tno\\nm.tiktok.com/v/1.html\"}");
    assertThat(parsed.status()).isEqualTo(200);
    assertThat(parsed.text("/valid/0/post_id")).isEqualTo("1");
    assertThat(parsed.text("/invalid/0/reason")).isEqualTo("is no TikTok address");
    assertThat(parsed.body().at("/duplicates/0/duplicate_of").asInt()).isEqualTo(1);
  }

  @Test
  void tenByTenVariationsAreTakenUntilThePlanIsTooLarge() throws IOException {
    String tens = "\"photo_variations\": 10, \"text_variations\": 10";
    String slides = urls(List.of(uploaded(1)));

    assertThat(post(BATCH, with(body(links(100, slides)), tens)).status()).isEqualTo(202);
    post(
            BATCH,
            with(
                body(links(100, slides).replaceFirst("\\[\"", "[\"" + uploaded(2) + "\",\"")),
                tens))
        .isProblem(422, "plan-too-large");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "photo_variations": 0       | photo_variations
          "photo_variations": 11      | photo_variations
          "photo_variations": 1.5     | photo_variations
          "text_variations": 0        | text_variations
          "text_variations": 11       | text_variations
          "jpeg_quality": 84          | jpeg_quality
          "jpeg_quality": 91          | jpeg_quality
          "output_format": "webp"     | output_format
          "output_format": "png", "jpeg_quality": 90 | jpeg_quality
          "slides_per_link": 0        | slides_per_link
          "slides_per_link": 36       | slides_per_link
          "name": " "                 | name
          "max_cost": 0               | max_cost
          "quote_id": "q"             | quote_id
          """)
  void anInvalidFieldIsNamed(String bad, String field) throws IOException {
    String body = with(body(link(1, List.of(uploaded(1)))), bad);
    int batches = rows("batches");

    post(BATCH, body).isProblem(400, "invalid-request").names(field);
    post(BATCH + "/estimate", body).isProblem(400, "invalid-request").names(field);

    assertThat(rows("batches")).isEqualTo(batches);
  }

  @ParameterizedTest
  @CsvSource({
    "\"photo_variations\": 1",
    "\"photo_variations\": 10",
    "\"text_variations\": 1",
    "\"text_variations\": 10",
    "\"jpeg_quality\": 85",
    "\"jpeg_quality\": 90",
    "\"output_format\": \"jpeg\"",
    "\"slides_per_link\": 35",
  })
  void whatLiesAtTheEdgeIsTaken(String good) throws IOException {
    String body = with(body(link(1, List.of(uploaded(1)))), good);

    assertThat(post(BATCH + "/estimate", body).status()).isEqualTo(200);
  }

  @Test
  void everythingWrongWithLinksIsNamed() throws IOException {
    String mug = uploaded(1);
    String tooMany = urls(IntStream.range(0, 36).mapToObj(i -> mug).toList());
    String body =
        """
        {"product_description": "A mug", "links": [
          {"url": "tiktok.com/@a/photo/1", "product_photo": "%s", "slides": ["%s"]},
          {"url": "tiktok.com/@a/photo/2"},
          {"url": "https://www.tiktok.com/@/video/1", "product_photo": "%s"},
          {"url": "example.com", "product_photo": "%s"},
          null,
          {"product_photo": "%s", "slides": []},
          {"url": "tiktok.com/@a/photo/7", "product_photo": "%s", "slides": %s},
          {"url": "tiktok.com/@a/photo/8", "product_photo": "%s", "product_description": "%s"}]}
        """
            .formatted(mug, mug, mug, mug, mug, mug, tooMany, mug, "x".repeat(2_001));

    post(BATCH, body)
        .isProblem(400, "invalid-request")
        .names(
            "links[1].product_photo",
            "links[2].url",
            "links[3].url",
            "links[4]",
            "links[5].url",
            "links[5].slides",
            "links[6].slides",
            "links[7].product_description");
    post(BATCH, "{}").isProblem(400, "invalid-request").names("links");
    post(BATCH, "{\"links\": [{\"url\": \"tiktok.com/@a/photo/1\"}]}")
        .isProblem(400, "invalid-request")
        .names("links[0].product_photo", "links[0].product_description");
  }

  @Test
  void sourcesThatCannotBeUsedAreNamedWhereTheyStand() throws IOException {
    String mug = uploaded(1);
    String gone = "/api/artifacts/01890000-0000-7000-8000-000000000000";
    String body =
        """
        {"product_photo": "%s", "product_description": "A mug", "links": [
          {"url": "tiktok.com/@a/photo/1", "slides": ["%s", "%s"]},
          {"url": "tiktok.com/@a/photo/2", "product_photo": "file:///etc/passwd"}]}
        """
            .formatted(mug, mug, gone);
    int batches = rows("batches");

    post(BATCH, body)
        .isProblem(422, "unusable-source")
        .names("links[1].product_photo", "links[0].slides[1]");
    post(
            BATCH,
            body("{\"url\": \"tiktok.com/@a/photo/1\"}")
                .replaceFirst(
                    "/api/artifacts/[^\"]+", "http://localhost:" + images.port() + "/a.png"))
        .isProblem(422, "unusable-source")
        .names("product_photo");
    assertThat(rows("batches")).isEqualTo(batches);
  }

  @Test
  void modelsMustBeThereAndAble() throws IOException {
    String body = body(link(1, List.of(uploaded(1))));

    post(BATCH, with(body, "\"image_model\": \"local-text\""))
        .isProblem(422, "unknown-model")
        .names("image_model");
    post(BATCH, with(body, "\"analysis_model\": \"local-image\""))
        .isProblem(422, "unknown-model")
        .names("analysis_model");
  }

  @Test
  void batchesOfOthersAndOtherKindsAreNotThere() throws IOException {
    Answer own = post(BATCH, body(link(1, List.of(uploaded(1)))));
    String path = BATCH + "/" + own.text("/batch_id");
    Answer pipeline = post("/api/pipelines/bulk", pipeline(List.of(uploaded(1))));

    send(to(path + "/status").header("X-Api-Key", ANNS_KEY)).isProblem(404, "batch-not-found");
    post(path + "/cancel", "{}", "X-Api-Key", ANNS_KEY).isProblem(404, "batch-not-found");
    get(BATCH + "/" + pipeline.text("/batch_id") + "/status").isProblem(404, "batch-not-found");
    for (String links : List.of("[0]", "[2]", "[null]")) {
      post(path + "/retry-failed", "{\"links\": " + links + "}")
          .isProblem(400, "invalid-request")
          .names("links[0]");
    }
    post(path + "/retry-failed", "{\"links\": []}")
        .isProblem(400, "invalid-request")
        .names("links");
    assertThat(post(path + "/retry-failed", "{\"links\": [1]}").body().at("/steps").asInt())
        .isZero();
    assertThat(
            send(to(path + "/retry-failed").POST(java.net.http.HttpRequest.BodyPublishers.noBody()))
                .status())
        .isEqualTo(200);
  }

  private Answer awaitPlanned(String id) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> get(BATCH + "/" + id + "/status"),
            answer -> !answer.text("/status").equals("PLANNING"));
  }

  private List<String> paths(String id) {
    return jdbc.sql(
            """
            SELECT array_to_string(ARRAY(SELECT jsonb_array_elements_text(d -> 'path')), '/')
            FROM steps, jsonb_array_elements(deliveries) AS d
            WHERE batch_id = ?::uuid ORDER BY ordinal
            """)
        .param(id)
        .query(String.class)
        .list();
  }

  private int count(String sql, String id) {
    return jdbc.sql(sql).param(id).query(Integer.class).single();
  }

  private String body(String links) throws IOException {
    return """
    {"product_photo": "%s", "product_description": "A mug", "links": [%s]}
    """
        .formatted(uploaded(9), links);
  }

  private static String with(String body, String field) {
    return "{" + field + ", " + body.strip().substring(1);
  }

  private static String link(int post, List<String> slides) {
    return "{\"url\": \"tiktok.com/@user/photo/%d\", \"slides\": %s}".formatted(post, urls(slides));
  }

  private static String links(int count, String slides) {
    return String.join(
        ",",
        IntStream.rangeClosed(1, count)
            .mapToObj(i ->
                "{\"url\": \"tiktok.com/@user/photo/%d\", \"slides\": %s}".formatted(i, slides))
            .toList());
  }

  private static String urls(List<String> urls) {
    return JSON.writeValueAsString(urls);
  }
}
