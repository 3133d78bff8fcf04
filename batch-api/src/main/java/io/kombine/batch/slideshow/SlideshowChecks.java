package io.kombine.batch.slideshow;

import io.kombine.batch.pricing.Model;
import io.kombine.batch.pricing.ModelCatalog;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.FieldProblems;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.slideshow.SlideshowRequest.LinkRequest;
import io.kombine.contracts.StepKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link SlideshowRequest} into a {@link Slideshow}, or says all that is wrong with it:
 * first what no system could take, then what these models can't do.
 */
final class SlideshowChecks {

  static final int MAX_VARIATIONS = 10;

  /** Images of one TikTok slideshow. */
  static final int MAX_SLIDES = 35;

  static final int MIN_QUALITY = 85;
  static final int MAX_QUALITY = 90;
  static final int MAX_DESCRIPTION = 2_000;
  static final String DEFAULT_NAME = "TikTok Batch";

  private static final int MAX_NAME = 200;
  private static final int DEFAULT_PHOTO_VARIATIONS = 3;
  private static final int DEFAULT_TEXT_VARIATIONS = 2;
  private static final String DEFAULT_ANALYSIS = "local-text";
  private static final String DEFAULT_IMAGE = "local-image";
  private static final List<String> FORMATS = List.of("jpeg", "png");

  private final ModelCatalog catalog;
  private final FieldProblems invalid = new FieldProblems();

  private SlideshowChecks(ModelCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * @throws ProblemException naming every wrong field
   */
  static Slideshow check(SlideshowRequest request, ModelCatalog catalog) {
    return new SlideshowChecks(catalog).check(request);
  }

  private Slideshow check(SlideshowRequest request) {
    String name = request.name() == null ? DEFAULT_NAME : text("name", request.name(), MAX_NAME);
    String photo = optional("product_photo", request.productPhoto(), TikTokLinks.MAX_LENGTH);
    String description =
        optional("product_description", request.productDescription(), MAX_DESCRIPTION);
    List<Slideshow.Link> links = links(request.links(), photo, description);
    int photos =
        within(
            "photo_variations",
            request.photoVariations(),
            1,
            MAX_VARIATIONS,
            DEFAULT_PHOTO_VARIATIONS);
    int texts =
        within(
            "text_variations",
            request.textVariations(),
            1,
            MAX_VARIATIONS,
            DEFAULT_TEXT_VARIATIONS);
    String format = format(request.outputFormat());
    int quality =
        within("jpeg_quality", request.jpegQuality(), MIN_QUALITY, MAX_QUALITY, MAX_QUALITY);
    if (request.jpegQuality() != null && format.equals("png")) {
      invalid.add("jpeg_quality", "must be absent where output_format is png");
    }
    Integer slides = request.slidesPerLink();
    if (slides != null) {
      within("slides_per_link", slides, 1, MAX_SLIDES, 1);
    }
    BigDecimal maxCost = amount(request.maxCost());
    invalid.throwIfAny(ProblemType.INVALID_REQUEST);

    Model analysis =
        model(StepKind.ANALYSIS, "analysis_model", request.analysisModel(), DEFAULT_ANALYSIS);
    Model image = model(StepKind.I2I, "image_model", request.imageModel(), DEFAULT_IMAGE);
    checkAbilities(analysis, image, format, links);
    return new Slideshow(
        name.strip(),
        links,
        photos,
        texts,
        format,
        quality,
        analysis,
        image,
        slides,
        Boolean.TRUE.equals(request.approval()),
        Boolean.TRUE.equals(request.reuse()),
        maxCost,
        request.quoteId());
  }

  private List<Slideshow.Link> links(
      @Nullable List<@Nullable LinkRequest> requests,
      @Nullable String photo,
      @Nullable String description) {
    if (requests == null) {
      invalid.add("links", "is required");
      return List.of();
    }
    if (requests.isEmpty() || requests.size() > LinkList.MAX_LINKS) {
      invalid.add(
          "links", "must hold 1 to " + LinkList.MAX_LINKS + " links, not " + requests.size());
      return List.of();
    }
    Map<String, Integer> seen = new HashMap<>();
    List<Slideshow.Link> links = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      LinkRequest request = requests.get(i);
      if (request == null) {
        invalid.add("links[" + i + "]", "must not be null");
        continue;
      }
      Slideshow.Link link = link("links[" + i + "]", request, photo, description);
      if (link != null) {
        Integer earlier = seen.putIfAbsent(link.link().identity(), i);
        if (earlier != null) {
          invalid.add("links[" + i + "].url", "leads to the same post as links[" + earlier + "]");
        }
        links.add(link);
      }
    }
    return links;
  }

  private Slideshow.@Nullable Link link(
      String place, LinkRequest request, @Nullable String photo, @Nullable String description) {
    TikTokLink link = null;
    if (request.url() == null) {
      invalid.add(place + ".url", "is required");
    } else {
      switch (TikTokLinks.read(request.url())) {
        case TikTokLinks.Post post -> link = post.link();
        case TikTokLinks.Refused refused -> invalid.add(place + ".url", refused.reason());
      }
    }
    String ownPhoto =
        optional(place + ".product_photo", request.productPhoto(), TikTokLinks.MAX_LENGTH);
    String ownDescription =
        optional(place + ".product_description", request.productDescription(), MAX_DESCRIPTION);
    if (request.productPhoto() == null && photo == null) {
      invalid.add(place + ".product_photo", "is required where there is no product_photo for all");
    }
    if (request.productDescription() == null && description == null) {
      invalid.add(
          place + ".product_description",
          "is required where there is no product_description for all");
    }
    List<String> slides = slides(place + ".slides", request.slides());
    String thePhoto = ownPhoto == null ? photo : ownPhoto;
    String theDescription = ownDescription == null ? description : ownDescription;
    if (link == null || thePhoto == null || theDescription == null) {
      return null;
    }
    return new Slideshow.Link(
        link,
        thePhoto,
        ownPhoto == null ? "product_photo" : place + ".product_photo",
        theDescription.strip(),
        slides);
  }

  private @Nullable List<String> slides(String place, @Nullable List<@Nullable String> urls) {
    if (urls == null) {
      return null;
    }
    if (urls.isEmpty() || urls.size() > MAX_SLIDES) {
      invalid.add(place, "must hold 1 to " + MAX_SLIDES + " slides, not " + urls.size());
      return List.of();
    }
    List<String> slides = new ArrayList<>();
    for (int i = 0; i < urls.size(); i++) {
      slides.add(text(place + "[" + i + "]", urls.get(i), TikTokLinks.MAX_LENGTH));
    }
    return slides;
  }

  private @Nullable String optional(String field, @Nullable String value, int maxLength) {
    return value == null ? null : text(field, value, maxLength);
  }

  private String text(String field, @Nullable String value, int maxLength) {
    if (value == null || value.isBlank()) {
      invalid.add(field, "must not be blank");
      return "";
    }
    if (value.length() > maxLength) {
      invalid.add(field, "must have at most " + maxLength + " characters");
    } else if (value
        .codePoints()
        .anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE)) {
      invalid.add(field, "must not hold NUL or half of a surrogate pair");
    }
    return value;
  }

  private int within(String field, @Nullable Integer value, int min, int max, int otherwise) {
    if (value == null) {
      return otherwise;
    }
    if (value < min || value > max) {
      invalid.add(field, "must be from " + min + " to " + max);
      return otherwise;
    }
    return value;
  }

  private String format(@Nullable String value) {
    if (value == null) {
      return FORMATS.getFirst();
    }
    String format = value.strip().toLowerCase(Locale.ROOT);
    if (!FORMATS.contains(format)) {
      invalid.add("output_format", "is none of the formats there are", FORMATS);
    }
    return format;
  }

  private @Nullable BigDecimal amount(@Nullable BigDecimal value) {
    // why the bounds on digits: 1e999999999 is a number too, and writing it out is not harmless
    if (value != null
        && (value.signum() <= 0 || value.precision() > 20 || Math.abs(value.scale()) > 12)) {
      invalid.add("max_cost", "must be more than 0 and have at most 12 decimals");
    }
    return value;
  }

  private Model model(StepKind kind, String field, @Nullable String id, String otherwise) {
    return catalog
        .find(kind, id == null ? otherwise : id)
        .orElseThrow(() ->
            ProblemException.of(
                ProblemType.UNKNOWN_MODEL,
                FieldProblem.of(
                    field, "names no model of kind " + kind.wireName(), catalog.ids(kind))));
  }

  private static void checkAbilities(
      Model analysis, Model image, String format, List<Slideshow.Link> links) {
    FieldProblems unable = new FieldProblems();
    if (!image.formats().contains(format)) {
      unable.add("output_format", "is not offered by " + image.id(), image.formats());
    }
    int most =
        Math.min(
            analysis.maxPromptLength() - SlideshowPrompts.MAX_FRAME,
            image.maxPromptLength() - SlideshowPrompts.MAX_FRAME);
    for (int i = 0; i < links.size(); i++) {
      if (links.get(i).productDescription().length() > most) {
        unable.add(
            "links[" + i + "].product_description",
            "must have at most " + most + " characters for these models");
      }
    }
    unable.throwIfAny(ProblemType.UNSUPPORTED_BY_MODEL);
  }
}
