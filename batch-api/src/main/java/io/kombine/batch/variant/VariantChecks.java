package io.kombine.batch.variant;

import io.kombine.batch.pricing.Model;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.FieldProblems;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.problem.Texts;
import io.kombine.batch.variant.catalog.NamedPrompt;
import io.kombine.batch.variant.catalog.NamedPrompts;
import io.kombine.batch.variant.catalog.NamedPrompts.Sort;
import io.kombine.batch.variant.catalog.ProductView;
import io.kombine.batch.variant.catalog.Products;
import io.kombine.batch.variant.catalog.PromptTemplate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads a {@link VariantRequest} into a {@link VariantOrder}, or says all that is wrong with it.
 */
@Component
final class VariantChecks {

  static final int MAX_PRODUCTS = 500;
  private static final int MAX_PROMPT = 32_000;

  private final Products products;
  private final NamedPrompts prompts;
  private final VariantModel model;

  VariantChecks(Products products, NamedPrompts prompts, VariantModel model) {
    this.products = products;
    this.prompts = prompts;
    this.model = model;
  }

  /**
   * @throws ProblemException naming every wrong field
   */
  VariantOrder check(String owner, VariantRequest request) {
    FieldProblems invalid = new FieldProblems();
    List<UUID> ids = ids(request.productIds(), invalid);
    String variant = Texts.required(invalid, "variant", request.variant(), 20).strip();
    String custom =
        Texts.optional(invalid, "customPrompt", request.customPrompt(), MAX_PROMPT).strip();
    if (request.imageTypeId() == null) {
      invalid.add("imageTypeId", "is required");
    }
    if (request.customPrompt() != null && custom.isEmpty()) {
      invalid.add("customPrompt", "must not be blank where it is given");
    }
    if (request.customPrompt() != null && request.templateId() != null) {
      invalid.add("templateId", "must not be given beside customPrompt");
    }
    PromptTemplate.check(invalid, "customPrompt", custom);
    invalid.throwIfAny(ProblemType.INVALID_REQUEST);

    FieldProblems unknown = new FieldProblems();
    NamedPrompt type = find(Sort.IMAGE_TYPE, owner, request.imageTypeId(), "imageTypeId", unknown);
    NamedPrompt template =
        request.templateId() == null
            ? null
            : find(Sort.TEMPLATE, owner, request.templateId(), "templateId", unknown);
    List<ProductView> found = found(owner, ids, unknown);
    unknown.throwIfAny(ProblemType.UNKNOWN_REFERENCE);
    if (type == null) {
      throw new IllegalStateException("an image type that is missing is a problem");
    }
    String prompt =
        !custom.isEmpty() ? custom : template != null ? template.prompt() : type.prompt();
    VariantOrder order = new VariantOrder(found, variant, type, new PromptTemplate(prompt));
    checkLength(order);
    return order;
  }

  private static List<UUID> ids(@Nullable List<@Nullable UUID> given, FieldProblems invalid) {
    List<UUID> ids = new ArrayList<>();
    if (given == null) {
      invalid.add("productIds", "is required");
      return ids;
    }
    if (given.isEmpty() || given.size() > MAX_PRODUCTS) {
      invalid.add(
          "productIds", "must hold 1 to " + MAX_PRODUCTS + " elements, not " + given.size());
      return ids;
    }
    Set<UUID> seen = new HashSet<>();
    for (int i = 0; i < given.size(); i++) {
      UUID id = given.get(i);
      if (id == null) {
        invalid.add("productIds[" + i + "]", "is required");
      } else if (!seen.add(id)) {
        invalid.add("productIds[" + i + "]", "is there already");
      } else {
        ids.add(id);
      }
    }
    return ids;
  }

  private @Nullable NamedPrompt find(
      Sort sort, String owner, @Nullable UUID id, String field, FieldProblems unknown) {
    if (id == null) {
      return null;
    }
    NamedPrompt found = prompts.find(sort, owner, id).orElse(null);
    if (found == null) {
      unknown.add(field, "names none of yours");
    }
    return found;
  }

  private List<ProductView> found(String owner, List<UUID> ids, FieldProblems unknown) {
    Map<UUID, ProductView> byId = new HashMap<>();
    products.find(owner, ids).forEach(product -> byId.put(product.productId(), product));
    List<ProductView> found = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      ProductView product = byId.get(ids.get(i));
      if (product == null) {
        unknown.add("productIds[" + i + "]", "names no product of yours");
      } else {
        found.add(product);
      }
    }
    return found;
  }

  private void checkLength(VariantOrder order) {
    Model of = model.model();
    for (ProductView product : order.products()) {
      int length = order.promptFor(product).length();
      if (length > of.maxPromptLength()) {
        throw ProblemException.of(
            ProblemType.UNSUPPORTED_BY_MODEL,
            FieldProblem.of(
                "customPrompt",
                "makes a prompt of %d characters for product %s; %s takes %d"
                    .formatted(length, product.asin(), of.id(), of.maxPromptLength())));
      }
    }
  }
}
