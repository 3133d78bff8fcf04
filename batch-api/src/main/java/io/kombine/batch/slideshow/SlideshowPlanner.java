package io.kombine.batch.slideshow;

import io.kombine.batch.plan.Plan;
import io.kombine.batch.plan.PlannedGroup;
import io.kombine.batch.plan.PlannedStep;
import io.kombine.batch.pricing.Model;
import io.kombine.batch.pricing.ModelCatalog;
import io.kombine.batch.tree.TreePaths;
import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.BatchKind;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepInput.Role;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plans a slideshow batch: a group for each link, in it for each variation one analysis of all
 * slides and one image for each slide, made with that analysis. A link without slides has its
 * analyses only, which cannot run. Pure: the same request, slides and catalog give the same plan.
 * Made for one plan; not thread-safe.
 */
final class SlideshowPlanner {

  private static final String JSON = "json";

  private final Slideshow slideshow;
  private final ModelCatalog catalog;
  private final StepParameters image;
  private final TreePaths paths = new TreePaths();
  private final List<PlannedStep> steps = new ArrayList<>();

  private SlideshowPlanner(Slideshow slideshow, ModelCatalog catalog) {
    this.slideshow = slideshow;
    this.catalog = catalog;
    this.image =
        StepParameters.image(
            slideshow.imageModel().defaultSize(),
            slideshow.imageModel().defaultQuality(),
            slideshow.outputFormat(),
            slideshow.jpegQuality());
  }

  /**
   * @param links in the order of the request's
   */
  static Plan plan(Slideshow slideshow, List<LinkSlides> links, ModelCatalog catalog) {
    return new SlideshowPlanner(slideshow, catalog).plan(links);
  }

  /**
   * How many steps a plan has whose links have so many slides each; a bound that cannot overflow.
   */
  static long steps(Slideshow slideshow, List<Integer> slides) {
    long each = 0;
    for (int ofLink : slides) {
      each += 1L + ofLink;
    }
    return each * slideshow.variations();
  }

  private Plan plan(List<LinkSlides> links) {
    List<PlannedGroup> groups = new ArrayList<>();
    for (LinkSlides link : links) {
      int index = groups.size();
      String folder = SlideshowNames.link(index, link.username());
      ArtifactRef first = link.slides().isEmpty() ? null : link.slides().getFirst();
      groups.add(new PlannedGroup(index, folder, first, link.link().url()));
      for (int variation = 0; variation < slideshow.variations(); variation++) {
        planVariation(index, folder, link, variation);
      }
    }
    return new Plan(BatchKind.SLIDESHOW, groups, steps);
  }

  private void planVariation(int group, String linkFolder, LinkSlides link, int variation) {
    int photo = variation / slideshow.textVariations();
    int text = variation % slideshow.textVariations();
    List<String> folder = List.of(linkFolder, SlideshowNames.variation(variation));
    List<StepInput> seen = new ArrayList<>();
    link.slides().forEach(slide -> seen.add(StepInput.of(Role.IMAGE, slide)));
    seen.add(StepInput.of(Role.PRODUCT, link.product()));
    int analysis = steps.size();
    add(
        group,
        StepKind.ANALYSIS,
        null,
        slideshow.analysisModel(),
        SlideshowPrompts.analysis(slideshow, link.description(), photo, text),
        text,
        variation,
        StepParameters.NONE,
        seen,
        paths.file(folder, "analysis", JSON));
    int slides = link.slides().size();
    for (int slide = 0; slide < slides; slide++) {
      add(
          group,
          StepKind.I2I,
          analysis,
          slideshow.imageModel(),
          SlideshowPrompts.slide(slideshow, link.description(), photo, text, slide, slides),
          slide,
          variation,
          image,
          List.of(
              StepInput.of(Role.IMAGE, link.slides().get(slide)),
              StepInput.of(Role.PRODUCT, link.product()),
              StepInput.ofParent(Role.ANALYSIS, 0)),
          paths.file(folder, "slide_" + slide, extension()));
    }
  }

  private String extension() {
    return slideshow.outputFormat().equals("png") ? "png" : "jpg";
  }

  private void add(
      int group,
      StepKind kind,
      @Nullable Integer parent,
      Model model,
      String prompt,
      int promptIndex,
      int variation,
      StepParameters parameters,
      List<StepInput> inputs,
      List<String> path) {
    steps.add(
        new PlannedStep(
            steps.size(),
            group,
            kind,
            parent,
            model.account(),
            model.provider(),
            model.id(),
            prompt,
            promptIndex,
            variation,
            parameters,
            inputs,
            1,
            catalog.price(model, parameters, 1),
            null,
            List.of(path),
            slideshow.approval() && kind == StepKind.I2I));
  }
}
