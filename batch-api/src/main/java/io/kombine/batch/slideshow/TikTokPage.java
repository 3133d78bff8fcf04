package io.kombine.batch.slideshow;

import io.kombine.batch.slideshow.SlideAnswer.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the page of a TikTok post says of its slides, in the JSON that it carries for its own
 * script: {@code __UNIVERSAL_DATA_FOR_REHYDRATION__}, {@code webapp.video-detail} (as gallery-dl
 * and yt-dlp read it). Pure.
 */
sealed interface TikTokPage {

  /**
   * A slideshow.
   *
   * @param images for each slide the addresses it may be had at, best first
   */
  record Slides(@Nullable String username, @Nullable String postId, List<List<String>> images)
      implements TikTokPage {
    public Slides {
      images = List.copyOf(images);
    }
  }

  /** Anything else. */
  record Without(Reason reason, String sentence) implements TikTokPage {}

  /** The most addresses of one slide that are tried. */
  int MAX_ADDRESSES = 3;

  /** Of the page's script. */
  Pattern SCRIPT =
      Pattern.compile(
          "<script[^>]*\\bid=\"__UNIVERSAL_DATA_FOR_REHYDRATION__\"[^>]*>(?<json>.*?)</script>",
          Pattern.DOTALL);

  /** Reads a page as it came. */
  static TikTokPage read(String html) {
    Matcher script = SCRIPT.matcher(html);
    if (!script.find()) {
      return blocked("The page does not show the post to this network.");
    }
    try {
      JsonNode detail =
          JsonMapper.shared()
              .readTree(script.group("json"))
              .path("__DEFAULT_SCOPE__")
              .path("webapp.video-detail");
      return detail.isObject()
          ? read(detail)
          : blocked("The page does not show the post to this network.");
    } catch (JacksonException _) {
      return blocked("The page's data cannot be read.");
    }
  }

  private static TikTokPage read(JsonNode detail) {
    int status = detail.path("statusCode").asInt(0);
    return switch (status) {
      case 0 -> ofPost(detail.path("itemInfo").path("itemStruct"));
      case 10_204 ->
          new Without(Reason.NOT_FOUND, "The post is gone, or not shown to this network.");
      case 10_216 -> new Without(Reason.PRIVATE, "The post is private.");
      case 10_222 -> new Without(Reason.PRIVATE, "The author's account is private.");
      case 10_231 -> blocked("The post is not shown in this region.");
      default -> blocked("The page answers with TikTok's status " + status + ".");
    };
  }

  private static TikTokPage ofPost(JsonNode post) {
    if (!post.isObject()) {
      return blocked("The page does not show the post to this network.");
    }
    JsonNode images = post.path("imagePost").path("images");
    if (!images.isArray() || images.isEmpty()) {
      return new Without(Reason.NOT_A_SLIDESHOW, "The post is a video, not a slideshow.");
    }
    List<List<String>> slides = new ArrayList<>();
    for (JsonNode image : images) {
      List<String> addresses = new ArrayList<>();
      for (JsonNode address : image.path("imageURL").path("urlList")) {
        if (address.isString() && addresses.size() < MAX_ADDRESSES) {
          addresses.add(address.stringValue());
        }
      }
      if (addresses.isEmpty()) {
        return blocked("The page hides slide " + (slides.size() + 1) + ".");
      }
      slides.add(List.copyOf(addresses));
    }
    return new Slides(
        textOrNull(post.path("author").path("uniqueId")), textOrNull(post.path("id")), slides);
  }

  private static @Nullable String textOrNull(JsonNode node) {
    return node.isString() && !node.stringValue().isBlank() ? node.stringValue() : null;
  }

  private static Without blocked(String sentence) {
    return new Without(Reason.BLOCKED, sentence + " Upload its slides instead.");
  }
}
