package io.kombine.batch.variant.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A product as it came: anything may be missing or wrong. */
public record ProductInput(
    @Nullable String asin, @Nullable String title, @Nullable List<@Nullable ImageInput> images) {

  /**
   * @param url of an upload, or an address that is fetched when the image is first wanted
   */
  public record ImageInput(@Nullable String variant, @Nullable String url) {}
}
