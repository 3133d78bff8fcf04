package io.kombine.batch.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.batch.plan.Plan;
import io.kombine.batch.plan.PlannedStep;
import io.kombine.batch.pricing.Model;
import io.kombine.batch.pricing.ModelCatalog;
import io.kombine.batch.source.SourceImage;
import io.kombine.batch.tree.SafeNames;
import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.Money;
import io.kombine.contracts.StepKind;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PipelinePlannerProperties {

  private static final BigDecimal IMAGE_PRICE = new BigDecimal("0.002");
  private static final BigDecimal SECOND_PRICE = new BigDecimal("0.01");

  private static Model images(int outputsPerCall) {
    return new Model(
        "images",
        StepKind.I2I,
        "p",
        "acc",
        outputsPerCall,
        4000,
        List.of("jpeg"),
        90,
        List.of(),
        List.of(),
        List.of(),
        BigDecimal.ONE,
        BigDecimal.TEN,
        List.of(),
        List.of(Model.Price.fixed(null, null, null, IMAGE_PRICE)));
  }

  private static Model videos() {
    return new Model(
        "videos",
        StepKind.I2V,
        "p",
        "acc",
        1,
        4000,
        List.of("jpeg"),
        90,
        List.of(),
        List.of(),
        List.of("720p"),
        BigDecimal.ONE,
        BigDecimal.TEN,
        List.of(),
        List.of(Model.Price.fixed(null, null, "720p", SECOND_PRICE)));
  }

  private static List<String> texts(int n) {
    return IntStream.range(0, n).mapToObj(i -> "same words").toList();
  }

  private static List<SourceImage> sources(int n) {
    ArtifactRef artifact = new ArtifactRef("a".repeat(64), "image/jpeg", 1, 1, 1, null, null);
    return IntStream.range(0, n)
        .mapToObj(
            i -> new SourceImage("http://x/" + i, i % 2 == 0 ? "Cat.jpg" : "cat.JPG", artifact))
        .toList();
  }

  private static Plan plan(
      int sources, int prompts, int perPrompt, int motions, int outputsPerCall, boolean approval) {
    Pipeline pipeline =
        new Pipeline(
            "name",
            texts(sources),
            prompts == 0
                ? null
                : new Pipeline.Images(images(outputsPerCall), texts(prompts), perPrompt),
            motions == 0
                ? null
                : new Pipeline.Videos(videos(), texts(motions), "720p", BigDecimal.valueOf(5)),
            approval,
            false,
            null,
            null);
    return PipelinePlanner.plan(
        pipeline,
        sources(sources),
        new ModelCatalog("v1", "USD", List.of(images(outputsPerCall), videos())));
  }

  @Property(tries = 200)
  void everyCombinationIsPlannedOnceAndPriced(
      @ForAll @IntRange(min = 1, max = 5) int sources,
      @ForAll @IntRange(min = 1, max = 5) int prompts,
      @ForAll @IntRange(min = 1, max = 10) int perPrompt,
      @ForAll @IntRange(min = 0, max = 4) int motions,
      @ForAll @IntRange(min = 1, max = 10) int outputsPerCall) {
    Plan plan = plan(sources, prompts, perPrompt, motions, outputsPerCall, false);

    int images = sources * prompts * perPrompt;
    int calls = sources * prompts * ((perPrompt + outputsPerCall - 1) / outputsPerCall);
    assertThat(count(plan, StepKind.I2I)).isEqualTo(calls);
    assertThat(outputs(plan, StepKind.I2I)).isEqualTo(images);
    assertThat(count(plan, StepKind.I2V)).isEqualTo(images * motions);
    assertThat(plan.cost("USD"))
        .isEqualTo(
            new Money(
                IMAGE_PRICE
                    .multiply(BigDecimal.valueOf(images))
                    .add(SECOND_PRICE.multiply(BigDecimal.valueOf(5L * images * motions))),
                "USD"));
    assertPathsAreUniqueAndShort(plan);
    assertEachChildTakesAnOutputOfItsOwn(plan, motions);
  }

  private static void assertPathsAreUniqueAndShort(Plan plan) {
    Set<String> seen = new HashSet<>();
    for (PlannedStep step : plan.steps()) {
      assertThat(step.paths()).hasSize(step.outputCount());
      for (List<String> path : step.paths()) {
        assertThat(path).hasSize(3).allMatch(s -> s.length() <= SafeNames.MAX_LENGTH);
        assertThat(path.get(1)).isEqualTo(step.kind().wireName());
        assertThat(path.getFirst()).startsWith("00" + (step.groupIndex() + 1) + "_");
        assertThat(seen.add(SafeNames.comparisonKey(String.join("/", path)))).isTrue();
      }
    }
  }

  private static void assertEachChildTakesAnOutputOfItsOwn(Plan plan, int motions) {
    Set<List<Integer>> taken = new HashSet<>();
    for (PlannedStep step : plan.steps()) {
      if (step.parentOrdinal() != null) {
        PlannedStep parent = plan.steps().get(step.parentOrdinal());
        Integer output = step.inputs().getFirst().parentOutput();
        assertThat(output).isBetween(0, parent.outputCount() - 1);
        assertThat(parent.groupIndex()).isEqualTo(step.groupIndex());
        assertThat(taken.add(List.of(parent.ordinal(), output, step.promptIndex()))).isTrue();
        assertThat(step.promptIndex()).isLessThan(motions);
      }
    }
  }

  @Example
  void threeSourcesTwoPromptsAndTwoMotionsAreSixImagesAndTwelveVideos() {
    Plan plan = plan(3, 2, 1, 2, 1, false);

    assertThat(count(plan, StepKind.I2I)).isEqualTo(6);
    assertThat(count(plan, StepKind.I2V)).isEqualTo(12);
    assertThat(plan.steps().getFirst().paths())
        .containsExactly(List.of("001_Cat", "i2i", "p1_v1_same_words.jpg"));
    assertThat(plan.steps().get(1).paths())
        .containsExactly(List.of("001_Cat", "i2v", "p1_v1_m1_same_words.mp4"));
  }

  @Example
  void withoutImagesTheSourcesGoStraightToVideo() {
    Plan plan = plan(2, 0, 1, 3, 1, false);

    assertThat(plan.steps()).hasSize(6).allMatch(step -> step.kind() == StepKind.I2V);
    assertThat(plan.steps()).allMatch(step -> step.parentOrdinal() == null);
    assertThat(plan.steps()).allMatch(step -> step.inputs().getFirst().artifact() != null);
  }

  @Example
  void approvalHoldsVideosAndNoImages() {
    Plan plan = plan(1, 1, 2, 2, 1, true);

    assertThat(plan.steps())
        .allMatch(step -> step.needsApproval() == (step.kind() == StepKind.I2V));
  }

  @Example
  void theSameRequestHasTheSamePlan() {
    assertThat(plan(3, 2, 3, 2, 2, true)).isEqualTo(plan(3, 2, 3, 2, 2, true));
  }

  private static int count(Plan plan, StepKind kind) {
    return (int) plan.steps().stream().filter(step -> step.kind() == kind).count();
  }

  private static int outputs(Plan plan, StepKind kind) {
    return plan.steps().stream()
        .filter(step -> step.kind() == kind)
        .mapToInt(PlannedStep::outputCount)
        .sum();
  }
}
