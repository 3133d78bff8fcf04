package io.kombine.batch.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariantsDoorIT extends DoorIT {

  private static final String GENERATE = "/api/images/bulk-generate-by-variant";

  @Test
  void theImageWithTheMostMeasuredPixelsIsPickedAndProductsWithoutTheVariantAreReported()
      throws IOException {
    String claimed = images.serve("/2000x2000.png", Images.image("png", 50, 40, 1));
    String best = images.serve("/small.png", Images.image("png", 80, 70, 2));
    String first =
        product(
            "B000000001",
            "Red mug",
            image("MAIN", claimed),
            image("MAIN", best),
            image("PT01", images.serve("/large.png", Images.image("png", 200, 200, 3))));
    String second = product("B000000002", "Blue mug", image("PT01", best));
    String third = product("B000000003", "Broken", image("MAIN", images.url("/gone.png")));
    String type = imageType("Lifestyle", "{{title}} ({{asin}}) on a table, {{variant}}");

    Answer job = post(GENERATE, generate(List.of(first, second, third), "MAIN", type));

    assertThat(job.status()).as("%s", job.raw().body()).isEqualTo(202);
    assertThat(job.text("/status")).isEqualTo("PROCESSING");
    assertThat(job.body().at("/totalImages").asInt()).isEqualTo(1);
    assertThat(job.body().at("/failedImages").asInt()).isZero();
    assertThat(
            job.body()
                .at("/productsPassedOver")
                .valueStream()
                .map(p -> p.at("/productId").asString() + " " + p.at("/reason").asString()))
        .containsExactlyInAnyOrder(
            second + " has no MAIN image",
            third + " its MAIN image is answered with HTTP status 404");
    record Step(String prompt, int width, String path) {}
    Step step =
        jdbc.sql(
                """
                SELECT prompt, (inputs->0->'artifact'->>'widthPx')::int AS width,
                  deliveries->0->>'path' AS path
                FROM steps WHERE batch_id = ?::uuid
                """)
            .param(job.text("/jobId"))
            .query(Step.class)
            .single();
    assertThat(step)
        .isEqualTo(
            new Step(
                "Red mug (B000000001) on a table, MAIN",
                80,
                "[\"B000000001\", \"MAIN_Lifestyle.jpg\"]"));
    assertThat(images.timesAsked("/small.png")).isEqualTo(1);
    assertThat(get("/api/jobs/" + job.text("/jobId")).body()).isEqualTo(job.body());
    assertThat(get("/api/products/" + first).body().at("/images/1/widthPx").asInt()).isEqualTo(80);
  }

  @Test
  void generatedImagesAreListedOnTheProductAndFailuresInTheJobsLog() throws IOException {
    String one = product("B000000011", "One", image("MAIN", uploaded(11)));
    String two = product("B000000012", "Two", image("MAIN", uploaded(12)));
    String type = imageType("White", "on white");
    String job = post(GENERATE, generate(List.of(one, two), "MAIN", type)).text("/jobId");
    String made = uploaded(13).replace("/api/artifacts/", "");
    jdbc.sql(
            """
            UPDATE steps SET state = CASE ordinal WHEN 0 THEN 'SUCCEEDED' ELSE 'FAILED' END,
              error_message = CASE ordinal WHEN 1 THEN 'refused by policy' END
            WHERE batch_id = ?::uuid
            """)
        .param(job)
        .update();
    jdbc.sql(
            """
            INSERT INTO step_outputs (step_id, output_index, batch_id, artifact_id, artifact)
            SELECT s.step_id, 0, s.batch_id, a.artifact_id, a.artifact FROM steps s, artifacts a
            WHERE s.batch_id = ?::uuid AND s.ordinal = 0 AND a.artifact_id = ?::uuid
            """)
        .params(job, made)
        .update();
    jdbc.sql("UPDATE batches SET status = 'COMPLETED_WITH_FAILURES' WHERE batch_id = ?::uuid")
        .param(job)
        .update();

    Answer done = get("/api/jobs/" + job);

    assertThat(done.text("/status")).isEqualTo("COMPLETED");
    assertThat(done.body().at("/completedImages").asInt()).isEqualTo(1);
    assertThat(done.body().at("/failedImages").asInt()).isEqualTo(1);
    assertThat(done.text("/errorLog/0/productId")).isEqualTo(two);
    assertThat(done.text("/errorLog/0/reason")).isEqualTo("refused by policy");
    Answer product = get("/api/products/" + one);
    assertThat(product.text("/generatedImages/0/url")).isEqualTo("/api/artifacts/" + made);
    assertThat(product.text("/generatedImages/0/imageType")).isEqualTo("White");
    assertThat(get("/api/products/" + two).body().at("/generatedImages").size()).isZero();
    get("/api/jobs/" + UUID.randomUUID()).isProblem(404, "batch-not-found");
  }

  @Test
  void templatesAndCustomPromptsTakeTheTypesPlaceAndThePreviewShowsTheFinalPrompt()
      throws IOException {
    String product = product("B000000021", "Mug {{asin}} 3\\u00d7", image("MAIN", uploaded(21)));
    String type = imageType("Hero", "plain {{ title }}");
    String template =
        post(
                "/api/prompt-templates",
                "{\"name\": \"Studio\", \"prompt\": \"{{imageType}}: {{title}} in a studio\"}")
            .text("/templateId");
    String body = generate(List.of(product), "MAIN", type);

    assertThat(preview(body)).isEqualTo("plain Mug {{asin}} 3×");
    assertThat(preview(with(body, "templateId", template)))
        .isEqualTo("Hero: Mug {{asin}} 3× in a studio");
    assertThat(preview(with(body, "customPrompt", "only {{asin}}"))).isEqualTo("only B000000021");
    assertThat(rows("batches WHERE name = 'MAIN Hero'")).isZero();

    Answer unknown =
        post(GENERATE, with(body, "customPrompt", "a {{colour}} one"))
            .isProblem(400, "invalid-request")
            .names("customPrompt");
    assertThat(unknown.text("/detail")).contains("{{colour}}");
    assertThat(unknown.body().at("/errors/0/accepted").toString()).contains("{{title}}");
    post("/api/prompt-templates", "{\"name\": \"x\", \"prompt\": \"{{titel}}\"}")
        .isProblem(400, "invalid-request")
        .names("prompt");
    post("/api/prompt-templates", "{\"name\": \"x\", \"prompt\": \"{{title\"}")
        .isProblem(400, "invalid-request")
        .names("prompt");
    post("/api/prompt-templates", "{\"name\": \"Studio\", \"prompt\": \"x\"}")
        .isProblem(409, "state-conflict")
        .names("name");
    post(GENERATE, with(with(body, "customPrompt", "x"), "templateId", template))
        .isProblem(400, "invalid-request")
        .names("templateId");
    post(GENERATE, with(body, "customPrompt", "x".repeat(4_001)))
        .isProblem(422, "unsupported-by-model")
        .names("customPrompt");
  }

  @Test
  void aJobIsIdempotentByItsKey() throws IOException {
    String product = product("B000000031", "Once", image("MAIN", uploaded(31)));
    String body = generate(List.of(product), "MAIN", imageType("Once", "p"));

    Answer first = post(GENERATE, body, "Idempotency-Key", "v-1");
    Answer again = post(GENERATE, body, "Idempotency-Key", "v-1");

    assertThat(again.text("/jobId")).isEqualTo(first.text("/jobId"));
    post(GENERATE, with(body, "customPrompt", "q"), "Idempotency-Key", "v-1")
        .isProblem(422, "idempotency-key-reused");
  }

  @Test
  void whatARequestNamesMustBeThereAndTheOwners() throws IOException {
    String product = product("B000000041", "Mine", image("MAIN", uploaded(41)));
    String type = imageType("Mine", "p");
    String none = UUID.randomUUID().toString();
    int batches = rows("batches");

    post(GENERATE, generate(List.of(product, none), "MAIN", none))
        .isProblem(422, "unknown-reference")
        .names("imageTypeId", "productIds[1]");
    post(GENERATE, generate(List.of(product), "MAIN", type), "X-Api-Key", ANNS_KEY)
        .isProblem(422, "unknown-reference");
    Answer bare =
        post(GENERATE, generate(List.of(product), "PT09", type)).isProblem(422, "no-source-image");
    assertThat(bare.text("/products_passed_over/0/productId")).isEqualTo(product);
    send(to("/api/products/" + product).header("X-Api-Key", ANNS_KEY))
        .isProblem(404, "product-not-found");
    assertThat(rows("batches")).isEqualTo(batches);
  }

  @Test
  void fiveHundredProductsAreTakenAndNotOneMore() {
    String type = imageType("Many", "p");
    List<String> ids = IntStream.range(0, 501).mapToObj(i -> UUID.randomUUID().toString()).toList();

    post(GENERATE, generate(ids.subList(0, 500), "MAIN", type)).isProblem(422, "unknown-reference");
    post(GENERATE, generate(ids, "MAIN", type))
        .isProblem(400, "invalid-request")
        .names("productIds");
    post(GENERATE, generate(List.of(), "MAIN", type))
        .isProblem(400, "invalid-request")
        .names("productIds");
    post(GENERATE, generate(List.of(ids.get(0), ids.get(0)), "MAIN", type))
        .isProblem(400, "invalid-request")
        .names("productIds[1]");
    post(GENERATE, "{}")
        .isProblem(400, "invalid-request")
        .names("productIds", "variant", "imageTypeId");
    post(GENERATE, "{\"productIds\": [\"7\"]}")
        .isProblem(400, "invalid-request")
        .names("productIds[0]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "asin": "B0000000Z9" | "asin": "B0000000Z"     | asin
          "asin": "B0000000Z9" | "asin": "B0000000Z99"   | asin
          "asin": "B0000000Z9" | "x": 1                  | asin
          "title": "Mug"       | "title": " "            | title
          "title": "Mug"       | "title": 1              | title
          "variant": "MAIN"    | "variant": "main"       | images[0].variant
          "variant": "MAIN"    | "variant": "A12345678901234567890" | images[0].variant
          "url": "http://h/i"  | "url": "ftp://h/i"      | images[0].url
          "url": "http://h/i"  | "x": 1                  | images[0].url
          """)
  void aWrongFieldOfAProductIsNamed(String good, String bad, String field) {
    String body =
        """
        {"asin": "B0000000Z9", "title": "Mug", "images": [{"variant": "MAIN", "url": "http://h/i"}]}
        """;

    post("/api/products", body.replace(good, bad)).isProblem(400, "invalid-request").names(field);
  }

  @Test
  void productsAreAddedChangedAndRemoved() throws IOException {
    String product = product("b00000005a", "Draft", image("MAIN", uploaded(51)));
    String url = "/api/products/" + product;
    assertThat(get(url).text("/asin")).isEqualTo("B00000005A");
    post("/api/products", "{\"asin\": \"B00000005A\", \"title\": \"Again\"}")
        .isProblem(409, "state-conflict")
        .names("asin");
    product("B00000005B", "Other");

    assertThat(patch(url, "{\"title\": \"Final\"}").text("/title")).isEqualTo("Final");
    patch(url, "{\"asin\": \"B00000005B\"}").isProblem(409, "state-conflict").names("asin");
    Answer added = post(url + "/images", image("PT01", uploaded(52)));
    assertThat(added.status()).isEqualTo(201);
    assertThat(added.body().at("/images").size()).isEqualTo(2);
    String imageId = added.text("/images/0/imageId");
    assertThat(send(to(url + "/images/" + imageId).DELETE()).status()).isEqualTo(204);
    send(to(url + "/images/" + imageId).DELETE()).isProblem(404, "product-not-found");
    assertThat(send(to(url).DELETE()).status()).isEqualTo(204);
    get(url).isProblem(404, "product-not-found");
    patch(url, "{\"title\": \"x\"}").isProblem(404, "product-not-found");
  }

  @Test
  void aBrokenLine57IsReportedAndTheOthersAreImported() {
    List<String> lines =
        Stream.concat(
                Stream.of("asin,title,MAIN,PT01"),
                IntStream.rangeClosed(2, 100)
                    .mapToObj(i -> "C%09d,Mug %d,http://h/%d.jpg,".formatted(i, i, i)))
            .collect(Collectors.toCollection(ArrayList::new));
    lines.set(56, "C000000057,,nowhere,");

    Answer imported = importCsv(String.join("\r\n", lines));

    assertThat(imported.status()).as("%s", imported.raw().body()).isEqualTo(200);
    assertThat(imported.body().at("/imported").asInt()).isEqualTo(98);
    assertThat(imported.body().at("/failed").asInt()).isEqualTo(1);
    assertThat(
            imported
                .body()
                .at("/errors")
                .valueStream()
                .map(e -> e.at("/line").asInt() + " " + e.at("/field").asString()))
        .containsExactly("57 title", "57 images[0].url");
    assertThat(rows("products WHERE asin LIKE 'C0000000%' OR asin = 'C000000100'")).isEqualTo(98);

    lines.set(56, "C000000057,Mug 57,http://h/57.jpg,,one too many");
    Answer again = importCsv(String.join("\n", lines));
    assertThat(again.text("/errors/0/message")).isEqualTo("has 5 fields, not 4");
    assertThat(again.body().at("/errors/0/line").asInt()).isEqualTo(57);
    assertThat(rows("products WHERE asin LIKE 'C0000000%' OR asin = 'C000000100'")).isEqualTo(98);
  }

  @Test
  void aFileThatCannotBeReadToItsEndChangesNothing() {
    String head = "asin,title\nD000000001,Mug\n";
    int products = rows("products");

    importCsv(head + "D000000002,\"Mug\nD000000003,Mug\n")
        .isProblem(400, "invalid-request")
        .names("line 3");
    importCsv(head + "D000000002,\"Mug\"x\n").isProblem(400, "invalid-request").names("line 3");
    importCsv("asin,titel\n").isProblem(400, "invalid-request").names("line 1", "line 1");
    importCsv("").isProblem(400, "invalid-request");
    importJson("[{\"asin\": \"D000000001\", \"title\": \"Mug\"},\n{\"asin\":]")
        .isProblem(400, "malformed-json");
    importJson("{}").isProblem(400, "invalid-request");
    send(to("/api/products/import")
            .header("Content-Type", "application/xml")
            .POST(BodyPublishers.ofString("x")))
        .isProblem(415, "unsupported-media-type");

    assertThat(rows("products")).isEqualTo(products);
  }

  @Test
  void jsonIsImportedWithErrorsByLineAndAFileMayComeTwice() throws IOException {
    String file =
        """
        [{"asin": "E000000001", "title": "Mug", "images": [{"variant": "MAIN", "url": "%s"}]},
         {"asin": "E1", "title": "Mug"},
         {"asin": "E000000003", "title": 3},
         {"asin": "E000000004", "title": "Quoted \\"mug\\""}]
        """
            .formatted(uploaded(61));

    Answer imported = importJson(file);

    assertThat(imported.status()).as("%s", imported.raw().body()).isEqualTo(200);
    assertThat(imported.body().at("/imported").asInt()).isEqualTo(2);
    assertThat(imported.body().at("/errors").valueStream().map(e -> e.at("/line").asInt()))
        .containsExactly(2, 3);
    assertThat(importJson(file).body().at("/imported").asInt()).isEqualTo(2);
    assertThat(rows("products WHERE asin LIKE 'E00%'")).isEqualTo(2);
    assertThat(rows("product_images i JOIN products p USING (product_id) WHERE p.asin LIKE 'E00%'"))
        .isEqualTo(1);
  }

  @Test
  void productsAreFoundByPartsOfTitleAndAsinByVariantAndPageByPage() {
    String csv =
        "\uFEFFasin,title,MAIN\n"
            + IntStream.range(0, 25)
                .mapToObj(i ->
                    "F%09d,Teapot 100%% no_%d,%s".formatted(i, i, i < 10 ? "http://h/" + i : ""))
                .collect(Collectors.joining("\n"));
    assertThat(importCsv(csv).body().at("/imported").asInt()).isEqualTo(25);

    List<String> seen = new ArrayList<>();
    String cursor = "";
    for (int page = 0; page < 3; page++) {
      Answer answer = get("/api/products?query=teaPOT&limit=10" + cursor);
      answer.body().at("/products").forEach(p -> seen.add(p.at("/asin").asString()));
      cursor = "&cursor=" + answer.text("/nextCursor");
      assertThat(answer.body().at("/nextCursor").isMissingNode()).isEqualTo(page == 2);
    }
    assertThat(seen).hasSize(25).doesNotHaveDuplicates();
    assertThat(get("/api/products?query=teapot&variant=MAIN").body().at("/products").size())
        .isEqualTo(10);
    assertThat(get("/api/products?query=f00000000").body().at("/products").size()).isEqualTo(10);
    assertThat(get("/api/products?query=100%25%20no_1").body().at("/products").size())
        .isEqualTo(11);
    assertThat(get("/api/products?query=1__%25").body().at("/products").size()).isZero();
    assertThat(
            get("/api/products/variants-summary")
                .body()
                .at("/variants")
                .valueStream()
                .filter(v -> v.at("/variant").asString().equals("MAIN"))
                .map(v -> v.at("/count").asInt())
                .findFirst())
        .hasValue(
            rows("(SELECT DISTINCT product_id FROM product_images WHERE variant = 'MAIN') x"));
    get("/api/products?limit=501").isProblem(400, "invalid-request").names("limit");
    get("/api/products?variant=main").isProblem(400, "invalid-request").names("variant");
    get("/api/products?cursor=7").isProblem(400, "invalid-request").names("cursor");
  }

  @Test
  void imageTypesAreListedChangedAndRemoved() {
    String id = imageType("Old", "p");
    String url = "/api/image-types/" + id;

    assertThat(patch(url, "{\"name\": \"New\"}").text("/name")).isEqualTo("New");
    assertThat(get(url).text("/prompt")).isEqualTo("p");
    patch(url, "{\"prompt\": \"{{nothing}}\"}").isProblem(400, "invalid-request").names("prompt");
    assertThat(get("/api/image-types").body().at("/imageTypes").toString()).contains(id);
    assertThat(send(to(url).DELETE()).status()).isEqualTo(204);
    get(url).isProblem(404, "not-found");
  }

  private String product(String asin, String title, String... images) {
    Answer added =
        post(
            "/api/products",
            "{\"asin\": \"%s\", \"title\": \"%s\", \"images\": [%s]}"
                .formatted(asin, title, String.join(",", images)));
    assertThat(added.status()).as("%s", added.raw().body()).isEqualTo(201);
    return added.text("/productId");
  }

  private static String image(String variant, String url) {
    return "{\"variant\": \"%s\", \"url\": \"%s\"}".formatted(variant, url);
  }

  private String imageType(String name, String prompt) {
    Answer added =
        post("/api/image-types", "{\"name\": \"%s\", \"prompt\": \"%s\"}".formatted(name, prompt));
    assertThat(added.status()).as("%s", added.raw().body()).isEqualTo(201);
    return added.text("/imageTypeId");
  }

  private static String generate(List<String> products, String variant, String imageType) {
    return "{\"productIds\": %s, \"variant\": \"%s\", \"imageTypeId\": \"%s\"}"
        .formatted(JSON.writeValueAsString(products), variant, imageType);
  }

  private static String with(String body, String field, String value) {
    return body.replaceAll("}$", ", \"" + field + "\": " + JSON.writeValueAsString(value) + "}");
  }

  private String preview(String body) {
    Answer answer = post(GENERATE + ":preview", body);
    assertThat(answer.status()).as("%s", answer.raw().body()).isEqualTo(200);
    return answer.text("/prompts/0/prompt");
  }

  private Answer importCsv(String csv) {
    return send(
        to("/api/products/import")
            .header("Content-Type", "text/csv")
            .POST(BodyPublishers.ofString(csv)));
  }

  private Answer importJson(String json) {
    return post("/api/products/import", json);
  }

  private Answer patch(String path, String json) {
    return send(
        to(path)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(json)));
  }
}
