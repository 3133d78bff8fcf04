package io.kombine.batch.variant;

import io.kombine.batch.variant.catalog.NamedPrompt;
import io.kombine.batch.variant.catalog.ProductView;
import io.kombine.batch.variant.catalog.PromptTemplate;
import java.util.List;

/**
 * A request that holds what it must.
 *
 * @param products in the order of the request
 */
record VariantOrder(
    List<ProductView> products, String variant, NamedPrompt imageType, PromptTemplate prompt) {

  VariantOrder {
    products = List.copyOf(products);
  }

  String promptFor(ProductView product) {
    return prompt.of(product.title(), product.asin(), variant, imageType.name());
  }
}
