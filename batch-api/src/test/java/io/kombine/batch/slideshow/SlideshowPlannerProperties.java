package io.kombine.batch.slideshow;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.batch.plan.Plan;
import io.kombine.batch.plan.PlannedStep;
import io.kombine.batch.pricing.Model;
import io.kombine.batch.pricing.ModelCatalog;
import io.kombine.batch.tree.SafeNames;
import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.Money;
import io.kombine.contracts.StepInput.Role;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepProblem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SlideshowPlannerProperties {

  private static final ModelCatalog CATALOG =
      new ModelCatalog(
          "v1",
          "USD",
          List.of(model("text", StepKind.ANALYSIS, "0.001"), model("image", StepKind.I2I, "0.01")));

  private static Model model(String id, StepKind kind, String price) {
    return new Model(
        id,
        kind,
        "p",
        "acc",
        1,
        4000,
        List.of("jpeg", "png"),
        90,
        List.of(),
        List.of(),
        List.of(),
        BigDecimal.ONE,
        BigDecimal.TEN,
        List.of(),
        List.of(Model.Price.fixed(null, null, null, new BigDecimal(price))));
  }

  private static ArtifactRef artifact(int n) {
    return new ArtifactRef("%064x".formatted(n), "image/jpeg", 1, 1, 1, null, null);
  }

  private static Slideshow slideshow(int photos, int texts, String format) {
    return new Slideshow(
        "n",
        List.of(),
        photos,
        texts,
        format,
        87,
        CATALOG.find(StepKind.ANALYSIS, "text").orElseThrow(),
        CATALOG.find(StepKind.I2I, "image").orElseThrow(),
        null,
        false,
        false,
        null,
        null);
  }

  private static List<LinkSlides> links(List<Integer> slides, List<String> users) {
    List<LinkSlides> links = new ArrayList<>();
    for (int i = 0; i < slides.size(); i++) {
      List<ArtifactRef> artifacts = new ArrayList<>();
      for (int slide = 0; slide < slides.get(i); slide++) {
        artifacts.add(artifact(100 * i + slide));
      }
      String user = users.get(i % users.size());
      links.add(
          new LinkSlides(
              new TikTokLink("https://www.tiktok.com/@u/video/" + i, user, "" + i),
              user,
              artifact(100_000 + i),
              "words",
              artifacts,
              artifacts.isEmpty() ? new StepProblem("slides_blocked", "no") : null));
    }
    return links;
  }

  @Provide
  Arbitrary<List<String>> users() {
    return Arbitraries.oneOf(
            Arbitraries.strings().withChars("ab_.-A").ofMinLength(1).ofMaxLength(64),
            Arbitraries.strings().ofMaxLength(64))
        .list()
        .ofSize(3);
  }

  @Property(tries = 50)
  void everyVariationIsAnAnalysisAndAnImageForEachSlide(
      @ForAll @IntRange(min = 1, max = 5) int photos,
      @ForAll @IntRange(min = 1, max = 3) int texts,
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 0, max = 6) Integer> slides,
      @ForAll("users") List<String> users) {
    Slideshow slideshow = slideshow(photos, texts, "jpeg");
    int variations = photos * texts;

    Plan plan = SlideshowPlanner.plan(slideshow, links(slides, users), CATALOG);

    int images = slides.stream().mapToInt(n -> n * variations).sum();
    int analyses = slides.size() * variations;
    assertThat(plan.steps()).hasSize((int) SlideshowPlanner.steps(slideshow, slides));
    assertThat(plan.steps()).hasSize(analyses + images);
    assertThat(plan.cost("USD"))
        .isEqualTo(
            new Money(
                new BigDecimal("0.001")
                    .multiply(BigDecimal.valueOf(analyses))
                    .add(new BigDecimal("0.01").multiply(BigDecimal.valueOf(images))),
                "USD"));
    Set<String> paths = new HashSet<>();
    Set<String> asked = new HashSet<>();
    for (PlannedStep step : plan.steps()) {
      List<String> path = step.paths().getFirst();
      assertThat(step.paths()).hasSize(1);
      assertThat(path).hasSize(3).allMatch(name -> name.length() <= SafeNames.MAX_LENGTH);
      assertThat(path.getFirst())
          .doesNotEndWith(".")
          .startsWith("Link_00" + (step.groupIndex() + 1));
      assertThat(paths.add(SafeNames.comparisonKey(String.join("/", path)))).isTrue();
      assertThat(step.prompt().length()).isLessThanOrEqualTo(SlideshowPrompts.MAX_FRAME + 5);
      if (step.kind() == StepKind.ANALYSIS) {
        assertThat(step.parentOrdinal()).isNull();
        assertThat(step.inputs()).hasSize(slides.get(step.groupIndex()) + 1);
        assertThat(step.inputs().getLast().role()).isEqualTo(Role.PRODUCT);
        assertThat(asked.add(step.groupIndex() + " " + step.prompt())).isTrue();
      } else {
        PlannedStep parent =
            plan.steps().get(java.util.Objects.requireNonNull(step.parentOrdinal()));
        assertThat(parent.kind()).isEqualTo(StepKind.ANALYSIS);
        assertThat(parent.groupIndex()).isEqualTo(step.groupIndex());
        assertThat(parent.variation()).isEqualTo(step.variation());
        assertThat(step.inputs().stream().map(input -> input.role()))
            .containsExactly(Role.IMAGE, Role.PRODUCT, Role.ANALYSIS);
        assertThat(step.parameters().outputQuality()).isEqualTo(87);
      }
    }
    assertThat(SlideshowPlanner.plan(slideshow, links(slides, users), CATALOG)).isEqualTo(plan);
  }

  @Example
  void theTreeIsExact() {
    Plan plan =
        SlideshowPlanner.plan(
            slideshow(1, 2, "png"), links(List.of(2), List.of("some.user_")), CATALOG);

    assertThat(plan.steps().stream().map(step -> String.join("/", step.paths().getFirst())))
        .containsExactly(
            "Link_001_@some.user_/variation_1/analysis.json",
            "Link_001_@some.user_/variation_1/slide_0.png",
            "Link_001_@some.user_/variation_1/slide_1.png",
            "Link_001_@some.user_/variation_2/analysis.json",
            "Link_001_@some.user_/variation_2/slide_0.png",
            "Link_001_@some.user_/variation_2/slide_1.png");
    assertThat(plan.groups().getFirst().label()).isEqualTo("Link_001_@some.user_");
  }
}
