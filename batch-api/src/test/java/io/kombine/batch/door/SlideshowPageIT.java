package io.kombine.batch.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Slides that are read from the links' pages, here from a server of the test's own. */
class SlideshowPageIT extends DoorIT {

  private static final ImageHost PAGES = host();

  private static ImageHost host() {
    try {
      return new ImageHost();
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  @DynamicPropertySource
  static void pages(DynamicPropertyRegistry registry) {
    registry.add("kombine.slideshow.page-source.enabled", () -> "true");
    registry.add("kombine.slideshow.page-source.base-url", () -> PAGES.url("/"));
    registry.add("kombine.slideshow.pause", () -> "20ms");
  }

  @AfterAll
  static void stopPages() {
    PAGES.close();
  }

  @Test
  void slidesComeFromThePagesDataAndEveryOtherPageSaysWhyNot() throws IOException {
    String one = PAGES.serve("/img/1.jpeg", Images.image("jpeg", 64, 48, 1));
    String two = PAGES.serve("/img/2.jpeg", Images.image("jpeg", 64, 48, 2));
    page(
        "/@ann/video/1",
        postPage("1", "ann", slide("http://127.0.0.1:1/gone.jpeg", one), slide(two)));
    page("/@ann/video/2", data("{\"statusCode\": 10222}"));
    page("/@ann/video/3", data("{\"statusCode\": 10204}"));
    page("/@ann/video/4", postPage("4", "ann"));
    page("/@ann/video/5", "<html>Please wait…</html>");
    PAGES.redirect("/@ann/video/6", "/login?redirect=x");
    page("/login", "<html>Log in</html>");
    PAGES.redirect("/@ann/video/7", "https://example.com/");
    page(
        "/@ann/video/8",
        postPage("8", "ann", slide("http://localhost:" + PAGES.port() + "/img/1.jpeg")));
    PAGES.redirect("/t/ZT1", "/@bob/video/10");
    page("/@bob/video/10", postPage("10", "bob", slide(one)));
    PAGES.redirect("/t/ZT2", "/@ann/video/1");

    String body =
        """
        {"product_photo": "%s", "product_description": "A mug", "photo_variations": 1,
         "links": [%s, {"url": "tiktok.com/t/ZT1"}, {"url": "tiktok.com/t/ZT2"}]}
        """
            .formatted(uploaded(9), links());
    Answer accepted = post("/api/batch", body);
    assertThat(accepted.status()).as("%s", accepted.raw().body()).isEqualTo(202);

    Answer status =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> get(accepted.text("/status_url")),
                answer -> !answer.text("/status").equals("PLANNING"));

    assertThat(status.body().at("/links/0/slides").asInt()).isEqualTo(2);
    assertThat(codes(status))
        .containsExactly(
            "",
            "slides_private",
            "slides_not_found",
            "slides_not_a_slideshow",
            "slides_blocked",
            "slides_blocked",
            "slides_unreachable",
            "slides_unreachable",
            "",
            "slides_duplicate");
    assertThat(status.text("/links/6/error/message")).contains("leads away to example.com");
    assertThat(status.text("/links/7/error/message")).contains("private address");
    assertThat(status.text("/links/8/folder")).isEqualTo("Link_009_@bob");
    assertThat(status.text("/links/9/error/message")).contains("link 1");
  }

  private static List<String> codes(Answer status) {
    return status
        .body()
        .at("/links")
        .valueStream()
        .map(link -> link.at("/error/code").asString(""))
        .toList();
  }

  private static String links() {
    StringBuilder links = new StringBuilder();
    for (int i = 1; i <= 8; i++) {
      links.append(i == 1 ? "" : ",").append("{\"url\": \"tiktok.com/@ann/photo/" + i + "\"}");
    }
    return links.toString();
  }

  private static void page(String path, String html) {
    PAGES.serve(path, html.getBytes(StandardCharsets.UTF_8));
  }

  private static String slide(String... addresses) {
    return "{\"imageURL\": {\"urlList\": %s}, \"imageWidth\": 64}"
        .formatted(JSON.writeValueAsString(addresses));
  }

  private static String postPage(String id, String user, String... slides) {
    return data(
        """
        {"statusCode": 0, "itemInfo": {"itemStruct": {"id": "%s", "desc": "words",
          "author": {"uniqueId": "%s"}%s}}}
        """
            .formatted(
                id,
                user,
                slides.length == 0
                    ? ""
                    : ", \"imagePost\": {\"images\": [" + String.join(",", slides) + "]}"));
  }

  private static String data(String detail) {
    return """
    <html><head><script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">
    {"__DEFAULT_SCOPE__": {"webapp.video-detail": %s}}</script></head></html>
    """
        .formatted(detail);
  }
}
