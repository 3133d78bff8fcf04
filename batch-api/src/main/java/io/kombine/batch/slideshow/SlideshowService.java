package io.kombine.batch.slideshow;

import io.kombine.batch.door.FrontDoor;
import io.kombine.batch.model.Accepted;
import io.kombine.batch.model.BatchService;
import io.kombine.batch.model.NewBatch.Idempotency;
import io.kombine.batch.model.PlanningBatch;
import io.kombine.batch.plan.Plan;
import io.kombine.batch.plan.PricedPlan;
import io.kombine.batch.pricing.ModelCatalog;
import io.kombine.batch.pricing.Quote;
import io.kombine.batch.pricing.QuoteService;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.reuse.ReuseIndex;
import io.kombine.batch.slideshow.SlideshowRequest.LinkRequest;
import io.kombine.batch.slideshow.SlideshowRows.NewLink;
import io.kombine.batch.source.SourceField;
import io.kombine.batch.source.SourceImage;
import io.kombine.batch.source.SourceImages;
import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.BatchKind;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.Money;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Prices slideshow batches and accepts them, to be planned once their slides are found. No
 * transaction is open while product photographs are fetched.
 */
@Service
public class SlideshowService implements FrontDoor<SlideshowRequest> {

  /** Of the batch's folder, before its time. */
  static final String FOLDER = "TikTok Batch";

  /** Stands for slides and photographs that nobody has fetched yet; never stored. */
  private static final ArtifactRef UNFETCHED =
      new ArtifactRef("0".repeat(64), "image/jpeg", 0, null, null, null, null);

  private final ModelCatalog catalog;
  private final SourceImages sources;
  private final QuoteService quotes;
  private final BatchService batches;
  private final SlideshowRows rows;
  private final ReuseIndex index;
  private final SlidePlanning planning;
  private final SlideshowProperties properties;

  SlideshowService(
      ModelCatalog catalog,
      SourceImages sources,
      QuoteService quotes,
      BatchService batches,
      SlideshowRows rows,
      ReuseIndex index,
      SlidePlanning planning,
      SlideshowProperties properties) {
    this.catalog = catalog;
    this.sources = sources;
    this.quotes = quotes;
    this.batches = batches;
    this.rows = rows;
    this.index = index;
    this.planning = planning;
    this.properties = properties;
  }

  @Override
  public BatchKind kind() {
    return BatchKind.SLIDESHOW;
  }

  @Override
  public Class<SlideshowRequest> requestType() {
    return SlideshowRequest.class;
  }

  /**
   * Prices a request and keeps the price as a quote. Fetches nothing; where a link has no slides,
   * {@code slides_per_link} says how many it is taken to have.
   */
  public SlideshowEstimate estimate(String owner, SlideshowRequest request) {
    Slideshow slideshow = SlideshowChecks.check(request, catalog);
    PricedPlan priced = price(owner, slideshow, describe(owner, slideshow));
    SlideshowEstimate open = SlideshowEstimate.of(priced, slideshow);
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
  public Accepted submit(String owner, SlideshowRequest request, @Nullable String idempotencyKey)
      throws IOException {
    Idempotency idempotency = Idempotency.of(idempotencyKey, "batch", request);
    Optional<UUID> earlier = batches.find(owner, idempotency);
    if (earlier.isPresent()) {
      return new Accepted(earlier.get(), true);
    }
    Slideshow slideshow = SlideshowChecks.check(request, catalog);
    Map<String, SourceImage> described = describe(owner, slideshow);
    checkSize(slideshow);
    Money expected = Money.zero(catalog.currency());
    if (slideshow.quoteId() != null || slidesAreKnown(slideshow)) {
      PricedPlan priced = price(owner, slideshow, described);
      expected = priced.total();
      if (slideshow.quoteId() != null) {
        quotes.holdTo(owner, slideshow.quoteId(), priced, slideshow.reuse());
      }
    }
    Map<String, ArtifactRef> photos = photos(owner, slideshow);
    List<NewLink> links = new ArrayList<>();
    for (Slideshow.Link link : slideshow.links()) {
      links.add(
          new NewLink(
              link.link(),
              Objects.requireNonNull(photos.get(link.productPhotoField())),
              link.productDescription(),
              link.slides()));
    }
    Accepted accepted =
        rows.accept(
            new PlanningBatch(
                owner,
                BatchKind.SLIDESHOW,
                slideshow.name(),
                FOLDER,
                ContractJson.mapper().writeValueAsString(shown(request, described)),
                expected,
                slideshow.maxCost(),
                slideshow.quoteId(),
                idempotency,
                slideshow.reuse(),
                properties.linksAtOnce()),
            links);
    planning.wake();
    return accepted;
  }

  /** Everything the request names, by field, without fetching any of it. */
  private Map<String, SourceImage> describe(String owner, Slideshow slideshow) {
    List<SourceField> fields = new ArrayList<>(photoFields(slideshow));
    for (int i = 0; i < slideshow.links().size(); i++) {
      List<String> slides = slideshow.links().get(i).slides();
      if (slides != null) {
        fields.addAll(SourceField.of("links[" + i + "].slides", slides));
      }
    }
    List<SourceImage> images = sources.describe(owner, fields);
    Map<String, SourceImage> described = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      described.put(fields.get(i).field(), images.get(i));
    }
    return described;
  }

  private Map<String, ArtifactRef> photos(String owner, Slideshow slideshow) throws IOException {
    List<SourceField> fields = photoFields(slideshow);
    List<SourceImage> images = sources.resolve(owner, fields);
    Map<String, ArtifactRef> photos = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      photos.put(fields.get(i).field(), Objects.requireNonNull(images.get(i).artifact()));
    }
    return photos;
  }

  private static List<SourceField> photoFields(Slideshow slideshow) {
    Map<String, SourceField> fields = new LinkedHashMap<>();
    for (Slideshow.Link link : slideshow.links()) {
      fields.putIfAbsent(
          link.productPhotoField(), new SourceField(link.productPhotoField(), link.productPhoto()));
    }
    return List.copyOf(fields.values());
  }

  private static boolean slidesAreKnown(Slideshow slideshow) {
    return slideshow.links().stream().allMatch(link -> link.slides() != null);
  }

  /** Refuses what would be too large even if each link that is not known yet had one slide. */
  private static void checkSize(Slideshow slideshow) {
    List<Integer> least =
        slideshow.links().stream()
            .map(link -> link.slides() == null ? 1 : link.slides().size())
            .toList();
    long steps = SlideshowPlanner.steps(slideshow, least);
    if (steps > Plan.MAX_STEPS) {
      throw new ProblemException(
          ProblemType.PLAN_TOO_LARGE,
          "The request makes %d steps; at most %d are taken.".formatted(steps, Plan.MAX_STEPS));
    }
  }

  private PricedPlan price(String owner, Slideshow slideshow, Map<String, SourceImage> described) {
    checkSize(slideshow);
    Integer stated = slideshow.slidesPerLink();
    List<LinkSlides> links = new ArrayList<>();
    List<String> urls = new ArrayList<>();
    for (int i = 0; i < slideshow.links().size(); i++) {
      Slideshow.Link link = slideshow.links().get(i);
      List<ArtifactRef> slides = new ArrayList<>();
      urls.add(link.link().url());
      urls.add(Objects.requireNonNull(described.get(link.productPhotoField())).url());
      List<String> given = link.slides();
      if (given == null) {
        if (stated == null) {
          throw ProblemException.of(
              ProblemType.INVALID_REQUEST,
              FieldProblem.of(
                  "slides_per_link",
                  "is required for a price, since links[" + i + "] has no slides yet"));
        }
        for (int slide = 0; slide < stated; slide++) {
          slides.add(UNFETCHED);
        }
      } else {
        for (int slide = 0; slide < given.size(); slide++) {
          SourceImage image =
              Objects.requireNonNull(described.get("links[" + i + "].slides[" + slide + "]"));
          urls.add(image.url());
          slides.add(image.artifact() == null ? UNFETCHED : image.artifact());
        }
      }
      ArtifactRef photo =
          Objects.requireNonNull(described.get(link.productPhotoField())).artifact();
      links.add(
          new LinkSlides(
              link.link(),
              link.link().username(),
              photo == null ? UNFETCHED : photo,
              link.productDescription(),
              slides,
              null));
    }
    List<Integer> sizes = links.stream().map(link -> link.slides().size()).toList();
    if (SlideshowPlanner.steps(slideshow, sizes) > Plan.MAX_STEPS) {
      throw new ProblemException(
          ProblemType.PLAN_TOO_LARGE,
          "The request makes %d steps; at most %d are taken."
              .formatted(SlideshowPlanner.steps(slideshow, sizes), Plan.MAX_STEPS));
    }
    Plan plan = SlideshowPlanner.plan(slideshow, links, catalog);
    Set<Integer> reused = slideshow.reuse() ? index.known(owner, plan) : Set.of();
    return PricedPlan.of(plan, reused, urls, catalog.priceVersion(), catalog.currency());
  }

  /** The request without what could be a credential in a URL. */
  private static SlideshowRequest shown(
      SlideshowRequest request, Map<String, SourceImage> described) {
    List<@Nullable LinkRequest> links = new ArrayList<>();
    List<@Nullable LinkRequest> given = Objects.requireNonNull(request.links());
    for (int i = 0; i < given.size(); i++) {
      LinkRequest link = Objects.requireNonNull(given.get(i));
      String place = "links[" + i + "]";
      List<@Nullable String> slides = link.slides() == null ? null : new ArrayList<>();
      if (slides != null) {
        for (int slide = 0; slide < Objects.requireNonNull(link.slides()).size(); slide++) {
          slides.add(url(described, place + ".slides[" + slide + "]"));
        }
      }
      links.add(
          new LinkRequest(
              link.url(),
              link.productPhoto() == null ? null : url(described, place + ".product_photo"),
              link.productDescription(),
              slides));
    }
    return new SlideshowRequest(
        request.name(),
        links,
        // why it may be unknown: where each link has a photo of its own, nobody looked at it
        described.containsKey("product_photo") ? url(described, "product_photo") : null,
        request.productDescription(),
        request.photoVariations(),
        request.textVariations(),
        request.outputFormat(),
        request.jpegQuality(),
        request.analysisModel(),
        request.imageModel(),
        request.slidesPerLink(),
        request.approval(),
        request.reuse(),
        request.maxCost(),
        request.quoteId());
  }

  private static String url(Map<String, SourceImage> described, String field) {
    return Objects.requireNonNull(described.get(field)).url();
  }
}
