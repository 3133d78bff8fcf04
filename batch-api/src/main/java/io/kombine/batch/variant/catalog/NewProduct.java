package io.kombine.batch.variant.catalog;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A product that holds what it must. */
record NewProduct(String asin, String title, List<NewImage> images) {

  NewProduct {
    images = List.copyOf(images);
  }

  /**
   * A source image.
   *
   * @param url as the client gave it
   * @param shownUrl without what could be a credential
   * @param artifactId with its pixels where it is an upload; absent where it is yet to be fetched
   */
  record NewImage(
      String variant,
      String url,
      String shownUrl,
      @Nullable UUID artifactId,
      @Nullable Integer widthPx,
      @Nullable Integer heightPx) {}
}
