package io.kombine.batch.slideshow;

import io.kombine.batch.model.Batch;
import io.kombine.batch.model.BatchRepository;
import io.kombine.batch.model.BatchService;
import io.kombine.batch.model.LatePlan;
import io.kombine.batch.plan.Plan;
import io.kombine.batch.plan.PlannedGroup;
import io.kombine.batch.plan.PlannedStep;
import io.kombine.batch.pricing.ModelCatalog;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.reuse.ReuseIndex;
import io.kombine.contracts.BatchKind;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.Money;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import io.kombine.contracts.StepPrice;
import io.kombine.contracts.StepProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Plans slideshow batches whose links have all been looked for. Links without slides are kept as
 * groups whose analyses have failed; where none has any, or the plan cannot be had as it was asked
 * for, the whole batch fails with the reason and nothing runs.
 */
@Component
class LatePlanning {

  private static final String NOTHING = "none";

  private final SlideshowRows rows;
  private final BatchRepository stored;
  private final BatchService batches;
  private final ModelCatalog catalog;
  private final ReuseIndex index;

  LatePlanning(
      SlideshowRows rows,
      BatchRepository stored,
      BatchService batches,
      ModelCatalog catalog,
      ReuseIndex index) {
    this.rows = rows;
    this.stored = stored;
    this.batches = batches;
    this.catalog = catalog;
    this.index = index;
  }

  /** Writes the plan of a batch, unless somebody else has, or it was cancelled. */
  void plan(UUID batchId) {
    Batch batch = stored.findById(batchId).orElse(null);
    if (batch != null) {
      batches.plan(batchId, late(batch, rows.links(batchId)));
    }
  }

  private LatePlan late(Batch batch, List<LinkSlides> links) {
    try {
      SlideshowRequest request =
          ContractJson.mapper().readValue(batch.request(), SlideshowRequest.class);
      return late(batch, SlideshowChecks.check(request, catalog), links);
    } catch (ProblemException problem) {
      // why it can be: the configuration has changed since the batch was accepted
      return nothing(links, problem(problem.type(), problem.detail()));
    }
  }

  private LatePlan late(Batch batch, Slideshow slideshow, List<LinkSlides> links) {
    List<Integer> slides = links.stream().map(link -> link.slides().size()).toList();
    long steps = SlideshowPlanner.steps(slideshow, slides);
    if (steps > Plan.MAX_STEPS) {
      return nothing(
          links,
          problem(
              ProblemType.PLAN_TOO_LARGE,
              "The slides found make %d steps; at most %d are taken."
                  .formatted(steps, Plan.MAX_STEPS)));
    }
    Plan plan = SlideshowPlanner.plan(slideshow, links, catalog);
    Map<Integer, StepProblem> lost = new HashMap<>();
    for (int i = 0; i < links.size(); i++) {
      StepProblem error = links.get(i).slides().isEmpty() ? links.get(i).error() : null;
      if (error != null) {
        lost.put(i, error);
      }
    }
    Money cost = cost(batch.owner(), slideshow, plan, lost);
    if (batch.quoteId() != null && cost.amount().compareTo(batch.quoted()) > 0) {
      return nothing(
          links,
          problem(
              ProblemType.QUOTE_DIFFERS,
              "The slides found cost %s %s; the quote says %s."
                  .formatted(
                      cost.amount().toPlainString(),
                      cost.currency(),
                      batch.quoted().toPlainString())));
    }
    StepProblem first = lost.get(0);
    StepProblem nothing =
        first == null || lost.size() < links.size()
            ? null
            : new StepProblem(
                "slides_missing",
                "No link has slides that can be used; link 1: " + first.message());
    return new LatePlan(plan, cost, lost, nothing);
  }

  private Money cost(String owner, Slideshow slideshow, Plan plan, Map<Integer, StepProblem> lost) {
    Set<Integer> reused = slideshow.reuse() ? index.known(owner, plan) : Set.of();
    Money cost = Money.zero(catalog.currency());
    for (PlannedStep step : plan.steps()) {
      if (!lost.containsKey(step.groupIndex()) && !reused.contains(step.ordinal())) {
        cost = cost.plus(step.price().amount());
      }
    }
    return cost;
  }

  /** A step for each link that says why it never ran, so that the batch ends as any other. */
  private LatePlan nothing(List<LinkSlides> links, StepProblem error) {
    List<PlannedGroup> groups = new ArrayList<>();
    List<PlannedStep> steps = new ArrayList<>();
    Map<Integer, StepProblem> lost = new HashMap<>();
    StepPrice free = StepPrice.fixed(catalog.priceVersion(), Money.zero(catalog.currency()));
    for (LinkSlides link : links) {
      int i = groups.size();
      groups.add(
          new PlannedGroup(i, SlideshowNames.link(i, link.username()), null, link.link().url()));
      steps.add(
          new PlannedStep(
              i,
              i,
              StepKind.ANALYSIS,
              null,
              NOTHING,
              NOTHING,
              NOTHING,
              "",
              0,
              0,
              StepParameters.NONE,
              List.of(),
              1,
              free,
              null,
              List.of(),
              false));
      lost.put(i, error);
    }
    return new LatePlan(
        new Plan(BatchKind.SLIDESHOW, groups, steps), Money.zero(catalog.currency()), lost, error);
  }

  private static StepProblem problem(ProblemType type, String detail) {
    return new StepProblem(type.name().toLowerCase(Locale.ROOT), detail);
  }
}
