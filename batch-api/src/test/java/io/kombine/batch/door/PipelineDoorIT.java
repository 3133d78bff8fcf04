package io.kombine.batch.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineDoorIT extends DoorIT {

  private static final String BULK = "/api/pipelines/bulk";

  @Test
  void threeSourcesTwoPromptsAndTwoMotionsAreSixImagesAndTwelveVideos() throws IOException {
    List<String> sources =
        List.of(uploaded(1), images.serve("/dog.png", Images.image("png", 40, 30, 2)), uploaded(3));

    Answer accepted = post(BULK, pipeline(sources));

    assertThat(accepted.status()).as("%s", accepted.raw().body()).isEqualTo(202);
    String id = accepted.text("/batch_id");
    assertThat(accepted.text("/pipeline_id")).isEqualTo(id);
    assertThat(accepted.raw().headers().firstValue("location")).hasValue("/api/pipelines/" + id);
    assertThat(
            jdbc.sql(
                    "SELECT kind || ' ' || count(*) FROM steps WHERE batch_id = ?::uuid GROUP BY kind ORDER BY kind")
                .param(id)
                .query(String.class)
                .list())
        .containsExactly("i2i 6", "i2v 12");
    assertThat(
            jdbc.sql(
                    "SELECT deliveries->0->'path'->>0 FROM steps WHERE batch_id = ?::uuid ORDER BY ordinal")
                .param(id)
                .query(String.class)
                .list())
        .contains("001_cat 1", "002_dog", "003_cat 3");
    Answer view = get("/api/pipelines/" + id);
    assertThat(view.status()).as("%s", view.raw().body()).isEqualTo(200);
    assertThat(view.text("/groups/1/source_image")).isEqualTo(sources.get(1));
    assertThat(view.body().at("/totals/source_images").asInt()).isEqualTo(3);
  }

  @Test
  void sameKeyAndBodyIsTheSameBatchAndAnotherBodyIsRefused() throws IOException {
    String url = images.serve("/once.png", Images.image("png", 40, 30, 5));
    String body = pipeline(List.of(url));
    Answer first = post(BULK, body, "Idempotency-Key", "k-1");
    assertThat(first.status()).isEqualTo(202);
    int batches = rows("batches");

    Answer again = post(BULK, body.replace("\n", " "), "Idempotency-Key", "k-1");
    Answer other = post(BULK, body.replace("Spring", "Autumn"), "Idempotency-Key", "k-1");

    assertThat(again.status()).isEqualTo(202);
    assertThat(again.text("/batch_id")).isEqualTo(first.text("/batch_id"));
    assertThat(images.timesAsked("/once.png")).isEqualTo(1);
    other.isProblem(422, "idempotency-key-reused");
    assertThat(rows("batches")).isEqualTo(batches);
  }

  @Test
  void aQuoteBindsTheSameRequestOnly() throws IOException {
    String body = pipeline(List.of(uploaded(11), uploaded(12), uploaded(13)));
    Answer estimate = post(BULK + "/estimate", body);
    assertThat(estimate.status()).as("%s", estimate.raw().body()).isEqualTo(200);
    assertThat(estimate.body().at("/counts/images").asInt()).isEqualTo(6);
    assertThat(estimate.body().at("/counts/videos").asInt()).isEqualTo(12);
    long p50 = estimate.body().at("/duration/p50_seconds").asLong();
    assertThat(p50).isPositive();
    assertThat(estimate.body().at("/duration/p90_seconds").asLong()).isGreaterThan(p50);
    assertThat(estimate.body().at("/cost/total").decimalValue()).isEqualByComparingTo("0.612");
    String quote = ", \"quote_id\": \"" + estimate.text("/quote_id") + "\"}";
    String quoted = body.strip().replaceAll("}$", quote);

    post(BULK, quoted.replace("in snow", "in rain")).isProblem(409, "quote-differs");
    post(BULK, quoted, "X-Api-Key", ANNS_KEY).isProblem(422, "unusable-source");
    Answer held = post(BULK, quoted);

    assertThat(held.status()).as("%s", held.raw().body()).isEqualTo(202);
    jdbc.sql("UPDATE quotes SET expires_at = now() - interval '1 second'").update();
    post(BULK, quoted).isProblem(422, "quote-expired");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "name": "Spring"             | "name": " "                    | name
          "name": "Spring"             | "name": "a\\u0000b"            | name
          "prompts": ["at sunset", "in snow"] | "prompts": []           | i2i_config.prompts
          "prompts": ["at sunset", "in snow"] | "prompts": ["1","2","3","4","5","6","7","8","9","10","11"] | i2i_config.prompts
          "prompts": ["at sunset", "in snow"] | "prompts": ["a", null]  | i2i_config.prompts[1]
          "prompts": ["at sunset", "in snow"] | "prompts": ["a", 3]     | i2i_config.prompts[1]
          "prompts": ["at sunset", "in snow"] | "prompts": "a"          | i2i_config.prompts
          "prompts": ["zoom in", "pan left"] | "prompts": []            | i2v_config.prompts
          "enabled": true              | "enabled": "yes"               | i2i_config.enabled
          "images_per_prompt": 1       | "images_per_prompt": 0         | i2i_config.images_per_prompt
          "images_per_prompt": 1       | "images_per_prompt": 1.5       | i2i_config.images_per_prompt
          "images_per_prompt": 1       | "images_per_prompt": "1"       | i2i_config.images_per_prompt
          "duration_sec": 5            | "duration_sec": -5             | i2v_config.duration_sec
          "duration_sec": 5            | "duration_sec": "5"            | i2v_config.duration_sec
          "duration_sec": 5            | "duration_sec": 1e999999999    | i2v_config.duration_sec
          "name": "Spring"             | "name": "x", "max_cost": 0     | max_cost
          "name": "Spring"             | "name": "x", "quote_id": "q"   | quote_id
          "name": "Spring"             | "name": "x", "approval": 1     | approval
          """)
  void anInvalidFieldIsNamed(String good, String bad, String field) throws IOException {
    String body = pipeline(List.of(uploaded(1))).replace(good, bad);
    int batches = rows("batches");

    post(BULK, body).isProblem(400, "invalid-request").names(field);
    post(BULK + "/estimate", body).isProblem(400, "invalid-request").names(field);

    assertThat(rows("batches")).isEqualTo(batches);
  }

  @Test
  void noneAndElevenSourcesAreRefused() {
    List<String> eleven = IntStream.range(0, 11).mapToObj(i -> "http://127.0.0.1/" + i).toList();

    post(BULK, pipeline(List.of())).isProblem(400, "invalid-request").names("source_images");
    post(BULK, pipeline(eleven)).isProblem(400, "invalid-request").names("source_images");
  }

  @Test
  void allThatIsMissingIsNamedAtOnce() {
    post(BULK, "{}").isProblem(400, "invalid-request").names("name", "source_images", "i2i_config");
  }

  @Test
  void anUnknownModelIsAnsweredWithThoseThatAreKnown() throws IOException {
    String body = pipeline(List.of(uploaded(1)));

    Answer answer =
        post(BULK, body.replace("local-image", "dall-e")).isProblem(422, "unknown-model");

    answer.names("i2i_config.model");
    assertThat(answer.text("/errors/0/accepted/0")).isEqualTo("local-image");
    post(BULK, body.replace("local-video", "local-image"))
        .isProblem(422, "unknown-model")
        .names("i2v_config.model");
  }

  @Test
  void whatAModelCannotDoIsNamed() throws IOException {
    String body = pipeline(List.of(uploaded(1)));

    post(BULK, body.replace("720p", "8k"))
        .isProblem(422, "unsupported-by-model")
        .names("i2v_config.resolution");
    post(BULK, body.replace("\"duration_sec\": 5", "\"duration_sec\": 500"))
        .isProblem(422, "unsupported-by-model")
        .names("i2v_config.duration_sec");
  }

  @Test
  void everyBadSourceIsNamedWithItsReason() throws IOException {
    int batches = rows("batches");
    List<String> sources =
        List.of(
            uploaded(1),
            images.url("/missing.png"),
            images.serve("/page.png", "<html>".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
            images.serve("/cut.jpg", Images.truncated()),
            images.serve("/bomb.png", Images.hundredMegapixels()),
            "http://localhost:" + images.port() + "/dog.png",
            images.redirect("/away.png", "http://[::1]:" + images.port() + "/dog.png"),
            images.redirect("/loop.png", "/loop.png"),
            "http://127.0.0.1:1/closed.png");

    Answer answer = post(BULK, pipeline(sources)).isProblem(422, "unusable-source");

    answer.names(
        "source_images[1]",
        "source_images[2]",
        "source_images[3]",
        "source_images[4]",
        "source_images[5]",
        "source_images[6]",
        "source_images[7]",
        "source_images[8]");
    assertThat(answer.body().at("/errors").valueStream().map(e -> e.at("/message").asString()))
        .containsExactly(
            "is answered with HTTP status 404",
            "The file is not an image.",
            "The image file ends too early.",
            "The image has 10000 × 10000 pixels; at most 50 million pixels are taken.",
            "leads to a private address, which is refused",
            "leads to a private address, which is refused",
            "redirects more than 3 times",
            "cannot be reached or stops answering");
    assertThat(rows("batches")).isEqualTo(batches);
  }

  @Test
  void sourcesThatAreNoUrlsOrNobodysArtifactsAreNamed() throws IOException {
    String annsOnly =
        upload(
                List.of(new DoorIT.Part("a.png", Images.image("png", 9, 9, 99))),
                "X-Api-Key",
                ANNS_KEY)
            .text("/0/url");

    post(
            BULK,
            pipeline(List.of("ftp://a/b.png", "/etc/passwd", "http://u:p@127.0.0.1/x", annsOnly)))
        .isProblem(422, "unusable-source")
        .names("source_images[0]", "source_images[1]", "source_images[2]", "source_images[3]");
  }

  @Test
  void anOversizedBodyIsRefusedWithAndWithoutALength() {
    String huge = "{\"name\": \"" + "x".repeat(2_000_000) + "\"}";

    post(BULK, huge).isProblem(413, "body-too-large");
    send(to(BULK)
            .header("Content-Type", "application/json")
            .POST(
                java.net.http.HttpRequest.BodyPublishers.ofInputStream(() ->
                    new java.io.ByteArrayInputStream(
                        huge.getBytes(java.nio.charset.StandardCharsets.UTF_8)))))
        .isProblem(413, "body-too-large");
  }

  @Test
  void whatIsNotJsonIsRefused() {
    post(BULK, "{\"name\": ").isProblem(400, "malformed-json");
    post(BULK, "").isProblem(400, "malformed-json");
    post(BULK, "[]").isProblem(400, "invalid-request").names("(body)");
    send(to(BULK)
            .header("Content-Type", "text/plain")
            .POST(java.net.http.HttpRequest.BodyPublishers.ofString("x")))
        .isProblem(415, "unsupported-media-type");
    send(to(BULK).DELETE()).isProblem(405, "method-not-allowed");
    get("/api/nothing").isProblem(404, "not-found");
    get("/api/pipelines/7").isProblem(400, "invalid-request").names("id");
    get("/api/pipelines/0199aaaa-0000-7000-8000-000000000000").isProblem(404, "batch-not-found");
  }

  @Test
  void aKeyOfNobodyIsRefused() {
    send(to("/api/pipelines/0199aaaa-0000-7000-8000-000000000000").header("X-Api-Key", "guess"))
        .isProblem(401, "unauthorized");
    post(BULK, "{}", "Idempotency-Key", "a b").isProblem(400, "invalid-idempotency-key");
  }
}
