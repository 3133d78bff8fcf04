package io.kombine.batch.variant.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Products, newest first.
 *
 * @param nextCursor names the next page; absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProductPage(List<ProductView> products, @Nullable String nextCursor) {

  public ProductPage {
    products = List.copyOf(products);
  }
}
