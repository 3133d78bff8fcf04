package io.kombine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.testing.KombineInfrastructure;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The web console as the jar has it. */
@KombineInfrastructure
class ConsoleIT {

  private static final Pattern FILE = Pattern.compile("(?:src|href)=\"(/[^\"]+)\"");

  private static StubBatchApi batchApi;
  private static StepEventsTopic topic;
  private static TestGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    batchApi = new StubBatchApi();
    topic = new StepEventsTopic();
    gateway = new TestGateway(batchApi.url());
  }

  @AfterAll
  static void stop() {
    gateway.close();
    topic.close();
    batchApi.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/batches",
        "/batches/01990000-0000-7000-8000-000000000000",
        "/pipeline",
        "/variants/products/x",
        "/scenes",
        "/storyboards/x",
        "/slideshows",
        "/settings"
      })
  void everyPageIsTheOneDocument(String page) {
    HttpResponse<String> response = gateway.get(page);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html");
    assertThat(response.body()).contains("id=\"root\"").isEqualTo(gateway.get("/").body());
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-cache");
  }

  @Test
  void aPageMayLoadNothingFromElsewhereAndStandInNoFrame() {
    HttpResponse<String> page = gateway.get("/batches");

    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'")
        .doesNotContain("http:", "https:", "*", "script-src");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(page.body()).doesNotContain("http://", "https://");
  }

  @Test
  void filesWithTheirHashInTheirNameAreKeptForGoodAndOthersAreAskedForAgain() {
    List<String> files =
        FILE.matcher(gateway.get("/").body()).results().map(result -> result.group(1)).toList();

    assertThat(files).anyMatch(file -> file.matches("/console/.+\\.js"));
    for (String file : files) {
      HttpResponse<String> response = gateway.get(file);
      assertThat(response.statusCode()).as(file).isEqualTo(200);
      assertThat(response.headers().firstValue("Cache-Control").orElseThrow())
          .as(file)
          .contains(file.startsWith("/console/") ? "immutable" : "no-cache");
    }
    assertThat(gateway.get("/console/none.js").statusCode()).isEqualTo(404);
  }

  @Test
  void scriptsTravelCompressed() {
    Matcher script = Pattern.compile("\"(/console/[^\"]+\\.js)\"").matcher(gateway.get("/").body());
    assertThat(script.find()).isTrue();

    assertThat(
            gateway
                .get(script.group(1), "Accept-Encoding", "gzip")
                .headers()
                .firstValue("Content-Encoding"))
        .hasValue("gzip");
  }

  @Test
  void whatIsNoPageIsAProblem() {
    HttpResponse<String> response = gateway.get("/batchesx", "Accept", "text/html");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
  }
}
