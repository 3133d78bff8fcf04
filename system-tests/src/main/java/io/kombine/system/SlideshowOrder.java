package io.kombine.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A slideshow batch to be submitted: every link with the same uploaded slides, by a user of its
 * own.
 *
 * @param links how many
 * @param slides URLs of uploads
 */
public record SlideshowOrder(
    String name,
    int links,
    List<String> slides,
    String productPhoto,
    int photoVariations,
    int textVariations,
    String analysisModel,
    String imageModel) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long FIRST_POST = 7_300_000_000_000_000_000L;

  public SlideshowOrder {
    slides = List.copyOf(slides);
  }

  /** With the built-in models. */
  public static SlideshowOrder local(
      String name, int links, List<String> slides, String productPhoto) {
    return new SlideshowOrder(name, links, slides, productPhoto, 3, 2, "local-text", "local-image");
  }

  public int variations() {
    return photoVariations * textVariations;
  }

  /** One analysis and an image for each slide, in every variation of every link. */
  public int steps() {
    return links * variations() * (1 + slides.size());
  }

  /** Every path below the batch's folder but the manifest's. */
  public Set<String> tree() {
    Set<String> paths = new TreeSet<>();
    for (int link = 1; link <= links; link++) {
      for (int variation = 1; variation <= variations(); variation++) {
        String folder =
            String.format(Locale.ROOT, "Link_%03d_@%s/variation_%d/", link, user(link), variation);
        paths.add(folder + "analysis.json");
        for (int slide = 0; slide < slides.size(); slide++) {
          paths.add(folder + "slide_" + slide + ".jpg");
        }
      }
    }
    return paths;
  }

  /** The links as somebody would paste them: all shapes that name a user, parted in any way. */
  public String pasted() {
    List<String> lines = new ArrayList<>();
    for (int link = 1; link <= links; link++) {
      lines.add(url(link) + (link % 3 == 0 ? "\t" : link % 3 == 1 ? "," : "\n"));
    }
    return String.join("", lines);
  }

  /** The body of its submit. */
  public String json() {
    ObjectNode body = JSON.createObjectNode();
    body.put("name", name);
    body.put("product_photo", productPhoto);
    body.put("product_description", "A hand-made mug of blue stoneware");
    body.put("photo_variations", photoVariations);
    body.put("text_variations", textVariations);
    body.put("analysis_model", analysisModel);
    body.put("image_model", imageModel);
    var all = body.putArray("links");
    for (int link = 1; link <= links; link++) {
      ObjectNode one = all.addObject();
      one.put("url", url(link));
      slides.forEach(one.putArray("slides")::add);
    }
    return body.toString();
  }

  private static String url(int link) {
    String post = Long.toString(FIRST_POST + link);
    return link % 2 == 0
        ? "https://www.tiktok.com/@" + user(link) + "/photo/" + post + "?is_from_webapp=1"
        : "tiktok.com/@" + user(link) + "/video/" + post;
  }

  private static String user(int link) {
    return "shop." + link + "_x";
  }
}
