package io.kombine.batch.variant.catalog.web;

import io.kombine.batch.access.Owner;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.variant.catalog.ImportResult;
import io.kombine.batch.variant.catalog.ProductFilter;
import io.kombine.batch.variant.catalog.ProductImport;
import io.kombine.batch.variant.catalog.ProductImport.Format;
import io.kombine.batch.variant.catalog.ProductInput;
import io.kombine.batch.variant.catalog.ProductInput.ImageInput;
import io.kombine.batch.variant.catalog.ProductPage;
import io.kombine.batch.variant.catalog.ProductView;
import io.kombine.batch.variant.catalog.Products;
import io.kombine.batch.variant.catalog.Products.VariantCount;
import io.kombine.batch.web.StreamedBodies;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Products over HTTP: translates and delegates. */
@RestController
@RequestMapping("/api/products")
class ProductsController {

  private static final int MAX_LIMIT = 500;
  private static final int MAX_QUERY = 200;

  private final Products products;
  private final ProductImport imports;

  ProductsController(Products products, ProductImport imports) {
    this.products = products;
    this.imports = imports;
  }

  record Variants(List<VariantCount> variants) {}

  @GetMapping
  ProductPage list(
      Owner owner,
      @RequestParam(required = false) @Nullable String query,
      @RequestParam(required = false) @Nullable String variant,
      @RequestParam(required = false) @Nullable UUID cursor,
      @RequestParam(defaultValue = "50") int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw wrong("limit", "must be from 1 to " + MAX_LIMIT);
    }
    String part = query == null || query.isBlank() ? null : query.strip();
    if (part != null && (part.length() > MAX_QUERY || part.indexOf('\0') >= 0)) {
      throw wrong("query", "must have at most " + MAX_QUERY + " characters, none of them NUL");
    }
    return products.list(
        owner.name(), new ProductFilter(part, Products.variantOf(variant), cursor, limit));
  }

  @GetMapping("/variants-summary")
  Variants variants(Owner owner) {
    return new Variants(products.variants(owner.name()));
  }

  @PostMapping
  ResponseEntity<ProductView> add(Owner owner, @RequestBody ProductInput body) {
    ProductView added = products.add(owner.name(), body);
    return ResponseEntity.created(URI.create("/api/products/" + added.productId())).body(added);
  }

  @PostMapping(path = "/import", consumes = "text/csv")
  ImportResult importCsv(Owner owner, HttpServletRequest request) throws IOException {
    return imported(owner, request, Format.CSV);
  }

  @PostMapping(path = "/import", consumes = MediaType.APPLICATION_JSON_VALUE)
  ImportResult importJson(Owner owner, HttpServletRequest request) throws IOException {
    return imported(owner, request, Format.JSON);
  }

  @GetMapping("/{id}")
  ProductView product(Owner owner, @PathVariable UUID id) {
    return products.find(owner.name(), id).orElseThrow(() -> Products.missing(id));
  }

  @PatchMapping("/{id}")
  ProductView change(Owner owner, @PathVariable UUID id, @RequestBody ProductInput body) {
    return products.change(owner.name(), id, body).orElseThrow(() -> Products.missing(id));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> remove(Owner owner, @PathVariable UUID id) {
    if (!products.remove(owner.name(), id)) {
      throw Products.missing(id);
    }
    return ResponseEntity.noContent().build();
  }

  @PostMapping("/{id}/images")
  ResponseEntity<ProductView> addImage(
      Owner owner, @PathVariable UUID id, @RequestBody ImageInput body) {
    ProductView product =
        products.addImage(owner.name(), id, body).orElseThrow(() -> Products.missing(id));
    return ResponseEntity.created(URI.create("/api/products/" + id)).body(product);
  }

  @DeleteMapping("/{id}/images/{imageId}")
  ResponseEntity<Void> removeImage(Owner owner, @PathVariable UUID id, @PathVariable UUID imageId) {
    if (!products.removeImage(owner.name(), id, imageId)) {
      throw new ProblemException(
          ProblemType.PRODUCT_NOT_FOUND, "The product has no source image " + imageId + ".");
    }
    return ResponseEntity.noContent().build();
  }

  private ImportResult imported(Owner owner, HttpServletRequest request, Format format)
      throws IOException {
    Path file = Files.createTempFile("import", null);
    try {
      StreamedBodies.copy(request, file, imports.maxBytes());
      return imports.run(owner.name(), file, format);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static ProblemException wrong(String field, String message) {
    return ProblemException.of(ProblemType.INVALID_REQUEST, FieldProblem.of(field, message));
  }
}
