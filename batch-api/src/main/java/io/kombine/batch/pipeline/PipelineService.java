package io.kombine.batch.pipeline;

import io.kombine.batch.door.FrontDoor;
import io.kombine.batch.eta.Durations;
import io.kombine.batch.model.Accepted;
import io.kombine.batch.model.BatchService;
import io.kombine.batch.model.NewBatch;
import io.kombine.batch.model.NewBatch.Idempotency;
import io.kombine.batch.plan.Plan;
import io.kombine.batch.plan.PricedPlan;
import io.kombine.batch.pricing.ModelCatalog;
import io.kombine.batch.pricing.Quote;
import io.kombine.batch.pricing.QuoteService;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.reuse.ReuseIndex;
import io.kombine.batch.source.SourceImage;
import io.kombine.batch.source.SourceImages;
import io.kombine.batch.tree.SafeNames;
import io.kombine.contracts.BatchKind;
import io.kombine.contracts.ContractJson;
import io.kombine.worker.crash.CrashPoint;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Prices pipelines and accepts them. No transaction is open while sources are fetched. */
@Service
public class PipelineService implements FrontDoor<PipelineRequest> {

  static final String SOURCES = "source_images";

  private final ModelCatalog catalog;
  private final SourceImages sources;
  private final QuoteService quotes;
  private final BatchService batches;
  private final ReuseIndex index;
  private final Durations durations;

  PipelineService(
      ModelCatalog catalog,
      SourceImages sources,
      QuoteService quotes,
      BatchService batches,
      ReuseIndex index,
      Durations durations) {
    this.catalog = catalog;
    this.sources = sources;
    this.quotes = quotes;
    this.batches = batches;
    this.index = index;
    this.durations = durations;
  }

  @Override
  public BatchKind kind() {
    return BatchKind.PIPELINE;
  }

  @Override
  public Class<PipelineRequest> requestType() {
    return PipelineRequest.class;
  }

  /** Prices a request and keeps the price as a quote. Fetches no source. */
  public Estimate estimate(String owner, PipelineRequest request) {
    Pipeline pipeline = PipelineChecks.check(request, catalog);
    List<SourceImage> described = sources.describe(owner, SOURCES, pipeline.sourceImages());
    PricedPlan priced = price(owner, pipeline, described);
    Estimate open = Estimate.of(priced, described.size(), durations.of(priced));
    Quote quote =
        quotes.give(
            owner,
            priced.hash(),
            priced.priceVersion(),
            priced.total(),
            ContractJson.mapper().writeValueAsString(open));
    return open.with(quote);
  }

  @Override
  public Accepted submit(String owner, PipelineRequest request, @Nullable String idempotencyKey)
      throws IOException {
    Idempotency idempotency = Idempotency.of(idempotencyKey, "pipelines/bulk", request);
    Optional<UUID> earlier = batches.find(owner, idempotency);
    if (earlier.isPresent()) {
      return new Accepted(earlier.get(), true);
    }
    Pipeline pipeline = PipelineChecks.check(request, catalog);
    List<SourceImage> described = sources.describe(owner, SOURCES, pipeline.sourceImages());
    if (pipeline.quoteId() != null) {
      // why before fetching: a quote that binds nothing should cost nobody a download
      quotes.holdTo(owner, pipeline.quoteId(), price(owner, pipeline, described), pipeline.reuse());
    }
    List<SourceImage> resolved = sources.resolve(owner, SOURCES, pipeline.sourceImages());
    PricedPlan priced = price(owner, pipeline, resolved);
    Accepted accepted =
        batches.accept(
            new NewBatch(
                owner,
                pipeline.name(),
                SafeNames.of(pipeline.name(), "batch"),
                priced.plan(),
                ContractJson.mapper().writeValueAsString(shown(request, resolved)),
                priced.total(),
                pipeline.maxCost(),
                pipeline.quoteId(),
                idempotency,
                pipeline.reuse()));
    CrashPoint.BATCH_ACCEPTED.reached(accepted.batchId());
    return accepted;
  }

  private PricedPlan price(String owner, Pipeline pipeline, List<SourceImage> images) {
    Plan plan = PipelinePlanner.plan(pipeline, images, catalog);
    if (plan.steps().size() > Plan.MAX_STEPS) {
      throw new ProblemException(
          ProblemType.PLAN_TOO_LARGE,
          "The request makes %d steps; at most %d are taken."
              .formatted(plan.steps().size(), Plan.MAX_STEPS));
    }
    Set<Integer> reused = pipeline.reuse() ? index.known(owner, plan) : Set.of();
    return PricedPlan.of(
        plan,
        reused,
        images.stream().map(SourceImage::url).toList(),
        catalog.priceVersion(),
        catalog.currency());
  }

  /** The request without what could be a credential in a URL. */
  private static PipelineRequest shown(PipelineRequest request, List<SourceImage> images) {
    return new PipelineRequest(
        request.name(),
        images.stream().map(SourceImage::url).toList(),
        request.i2iConfig(),
        request.i2vConfig(),
        request.approval(),
        request.reuse(),
        request.maxCost(),
        request.quoteId());
  }
}
