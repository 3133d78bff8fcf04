package io.kombine.batch.slideshow;

import io.kombine.batch.pricing.Model;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request that holds what it must: within all limits, for models that exist and can do it.
 * Immutable.
 *
 * @param outputFormat {@code jpeg} or {@code png}
 * @param jpegQuality of a JPEG
 * @param slidesPerLink what links without slides are taken to have; absent where it was not said
 */
record Slideshow(
    String name,
    List<Link> links,
    int photoVariations,
    int textVariations,
    String outputFormat,
    int jpegQuality,
    Model analysisModel,
    Model imageModel,
    @Nullable Integer slidesPerLink,
    boolean approval,
    boolean reuse,
    @Nullable BigDecimal maxCost,
    @Nullable UUID quoteId) {

  Slideshow {
    links = List.copyOf(links);
  }

  /**
   * One link with its own product, or the one for all.
   *
   * @param productPhotoField where the request names the photo
   * @param slides URLs; absent where they are read from its page
   */
  record Link(
      TikTokLink link,
      String productPhoto,
      String productPhotoField,
      String productDescription,
      @Nullable List<String> slides) {

    Link {
      slides = slides == null ? null : List.copyOf(slides);
    }
  }

  /** How many ways each link is made in. */
  int variations() {
    return photoVariations * textVariations;
  }
}
