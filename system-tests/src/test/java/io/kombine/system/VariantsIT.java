package io.kombine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kombine.system.GatewayCalls.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class VariantsIT extends SystemTest {

  private static final String GENERATE = "/api/images/bulk-generate-by-variant";

  @Test
  void importedProductsGetAnImageOfTheVariantThatTheyHave() throws Exception {
    List<String> pictures = sources(3);
    String run = mark();
    String csv =
        """
        asin,title,MAIN,PT01
        %1$s001,Red mug,%2$s,%3$s
        %1$s002,Blue mug,%3$s,
        %1$s003,Green mug,,%4$s
        %1$s004,Broken mug,ftp://nowhere/x.jpg,
        """
            .formatted(run, pictures.get(0), pictures.get(1), pictures.get(2));
    Answer imported = importCsv(csv).is(200);
    assertThat(imported.body().at("/imported").asInt()).isEqualTo(3);
    assertThat(imported.body().at("/errors/0/line").asInt()).isEqualTo(5);
    List<String> ids = new ArrayList<>();
    gateway
        .get("/api/products?query=" + run)
        .is(200)
        .body()
        .at("/products")
        .forEach(product -> ids.add(product.at("/productId").asString()));
    assertThat(ids).hasSize(3);
    String type =
        gateway
            .post(
                "/api/image-types",
                "{\"name\": \"Lifestyle %s\", \"prompt\": \"{{title}} at sunset\"}".formatted(run))
            .is(201)
            .text("/imageTypeId");

    Answer accepted = gateway.post(GENERATE, generate(ids, "MAIN", type)).is(202);

    assertThat(accepted.body().at("/totalImages").asInt()).isEqualTo(2);
    assertThat(accepted.body().at("/productsPassedOver").size()).isEqualTo(1);
    String job = accepted.text("/jobId");
    Answer done =
        await("the job's end")
            .atMost(PATIENCE)
            .pollInterval(POLL)
            .until(
                () -> gateway.get("/api/jobs/" + job),
                answer -> !answer.text("/status").equals("PROCESSING"));
    assertThat(done.text("/status")).isEqualTo("COMPLETED");
    assertThat(done.body().at("/completedImages").asInt()).isEqualTo(2);
    assertThat(done.body().at("/failedImages").asInt()).isZero();
    JsonNode batch = awaitEnd(UUID.fromString(job));
    DeliveredTree tree = DeliveredTree.ofFolder(folder(batch)).outputs();
    assertThat(tree.files().keySet())
        .containsExactly(
            run + "001/MAIN_Lifestyle " + run + ".jpg", run + "002/MAIN_Lifestyle " + run + ".jpg");
    for (String file : tree.files().keySet()) {
      assertThat(ImageIO.read(folder(batch).resolve(file).toFile())).as(file).isNotNull();
    }
    assertThat(steps(UUID.fromString(job)).stream().map(step -> step.path("prompt").asString()))
        .containsExactlyInAnyOrder("Red mug at sunset", "Blue mug at sunset");
    long listed = 0;
    for (String id : ids) {
      listed += gateway.get("/api/products/" + id).body().at("/generatedImages").size();
    }
    assertThat(listed).isEqualTo(2);
  }

  @Test
  void aBrokenLine57IsReportedAndTheOthersAreImported() throws Exception {
    String run = mark();
    List<String> lines =
        Stream.concat(
                Stream.of("asin,title"),
                IntStream.rangeClosed(2, 80)
                    .mapToObj(line -> "%s%03d,Line %d".formatted(run, line, line)))
            .collect(Collectors.toCollection(ArrayList::new));
    lines.set(56, run + "057");

    Answer imported = importCsv(String.join("\n", lines)).is(200);

    assertThat(imported.body().at("/imported").asInt()).isEqualTo(78);
    assertThat(imported.body().at("/errors/0/line").asInt()).isEqualTo(57);
    assertThat(gateway.get("/api/products?limit=500&query=" + run).body().at("/products").size())
        .isEqualTo(78);
  }

  @Test
  void badRequestsAreProblemsThatNameTheField() throws Exception {
    String none = UUID.randomUUID().toString();

    gateway
        .post(GENERATE, "{}")
        .isProblem(400, "invalid-request", "productIds", "variant", "imageTypeId");
    gateway
        .post(GENERATE, generate(List.of(none), "MAIN", none))
        .isProblem(422, "unknown-reference", "imageTypeId", "productIds[0]");
    gateway
        .post("/api/prompt-templates", "{\"name\": \"x\", \"prompt\": \"{{colour}}\"}")
        .isProblem(400, "invalid-request", "prompt");
    gateway.get("/api/jobs/" + none).isProblem(404, "batch-not-found");
    importCsv("asin,titel\nA,B\n").isProblem(400, "invalid-request", "line 1", "line 1");
  }

  private Answer importCsv(String csv) throws Exception {
    return gateway.send(
        "POST", "/api/products/import", BodyPublishers.ofString(csv), "Content-Type", "text/csv");
  }

  /** Seven characters of an ASIN that no other test has. */
  private static String mark() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, 7).toUpperCase(Locale.ROOT);
  }

  private static String generate(List<String> products, String variant, String imageType) {
    String ids = products.stream().map(id -> '"' + id + '"').collect(Collectors.joining(","));
    return "{\"productIds\": [%s], \"variant\": \"%s\", \"imageTypeId\": \"%s\"}"
        .formatted(ids, variant, imageType);
  }
}
