package io.kombine.batch.variant.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A product as clients read it.
 *
 * @param generatedImages the newest {@value #MAX_GENERATED}; absent in lists
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProductView(
    UUID productId,
    String asin,
    String title,
    Instant createdAt,
    Instant updatedAt,
    List<SourceView> images,
    @Nullable List<GeneratedView> generatedImages) {

  /** The most generated images that are listed. */
  public static final int MAX_GENERATED = 100;

  /**
   * A source image.
   *
   * @param sourceUrl as the client gave it, without credentials
   * @param url of its bytes, with the pixels as measured; absent until it has been fetched
   * @param problem why it could not be fetched the last time
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SourceView(
      UUID imageId,
      String variant,
      String sourceUrl,
      @Nullable String url,
      @Nullable String thumbnailUrl,
      @Nullable Integer widthPx,
      @Nullable Integer heightPx,
      @Nullable String problem) {}

  /** An image that a job has made for the product. */
  public record GeneratedView(
      UUID jobId,
      String variant,
      String imageType,
      String prompt,
      UUID artifactId,
      String url,
      String thumbnailUrl) {}
}
