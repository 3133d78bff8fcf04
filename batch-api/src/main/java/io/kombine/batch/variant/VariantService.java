package io.kombine.batch.variant;

import io.kombine.batch.door.FrontDoor;
import io.kombine.batch.model.Accepted;
import io.kombine.batch.model.BatchService;
import io.kombine.batch.model.NewBatch;
import io.kombine.batch.model.NewBatch.Idempotency;
import io.kombine.batch.plan.Plan;
import io.kombine.batch.pricing.ModelCatalog;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.tree.SafeNames;
import io.kombine.batch.variant.catalog.ProductView;
import io.kombine.batch.variant.catalog.SourcePicks;
import io.kombine.batch.variant.catalog.SourcePicks.Picks;
import io.kombine.contracts.BatchKind;
import io.kombine.contracts.ContractJson;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Accepts jobs of products' images. No transaction is open while source images are fetched. */
@Service
public class VariantService implements FrontDoor<VariantRequest> {

  private final VariantChecks checks;
  private final SourcePicks picks;
  private final VariantModel model;
  private final ModelCatalog catalog;
  private final BatchService batches;
  private final VariantRows rows;
  private final TransactionTemplate transaction;

  VariantService(
      VariantChecks checks,
      SourcePicks picks,
      VariantModel model,
      ModelCatalog catalog,
      BatchService batches,
      VariantRows rows,
      TransactionTemplate transaction) {
    this.checks = checks;
    this.picks = picks;
    this.model = model;
    this.catalog = catalog;
    this.batches = batches;
    this.rows = rows;
    this.transaction = transaction;
  }

  @Override
  public BatchKind kind() {
    return BatchKind.VARIANT;
  }

  @Override
  public Class<VariantRequest> requestType() {
    return VariantRequest.class;
  }

  /** The prompts that a request would run, by product. Fetches nothing. */
  public Map<UUID, String> prompts(String owner, VariantRequest request) {
    VariantOrder order = checks.check(owner, request);
    Map<UUID, String> prompts = new LinkedHashMap<>();
    for (ProductView product : order.products()) {
      prompts.put(product.productId(), order.promptFor(product));
    }
    return prompts;
  }

  /**
   * Accepts a request: picks each product's best source image and writes the batch, together with
   * which products had none.
   *
   * @param idempotencyKey a later request with this key and the same body is this one
   * @throws ProblemException when anything is wrong, or no product has an image; there is no batch
   *     then
   */
  @Override
  public Accepted submit(String owner, VariantRequest request, @Nullable String idempotencyKey)
      throws IOException {
    Idempotency idempotency = Idempotency.of(idempotencyKey, "images/by-variant", request);
    Optional<UUID> earlier = batches.find(owner, idempotency);
    if (earlier.isPresent()) {
      return new Accepted(earlier.get(), true);
    }
    VariantOrder order = checks.check(owner, request);
    Picks picked = pick(owner, order);
    Plan plan = VariantPlanner.plan(order, picked.images(), model, catalog);
    if (plan.steps().isEmpty()) {
      throw new ProblemException(
          ProblemType.NO_SOURCE_IMAGE,
          "None of the products has a usable %s image.".formatted(order.variant()),
          List.of(FieldProblem.of("variant", "is an image of none of the products")),
          Map.of("products_passed_over", VariantJobs.passedOver(picked.reasons())));
    }
    String name = order.variant() + " " + order.imageType().name();
    NewBatch batch =
        new NewBatch(
            owner,
            name,
            SafeNames.of(name, "batch"),
            plan,
            ContractJson.mapper().writeValueAsString(request),
            plan.cost(catalog.currency()),
            null,
            null,
            idempotency);
    return transaction.execute(_ -> {
      Accepted accepted = batches.accept(batch);
      if (!accepted.replayed()) {
        rows.write(accepted.batchId(), order, picked);
      }
      return accepted;
    });
  }

  private Picks pick(String owner, VariantOrder order) throws IOException {
    List<UUID> ids = order.products().stream().map(ProductView::productId).toList();
    try {
      return picks.pick(owner, ids, order.variant());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while fetching source images");
    }
  }
}
