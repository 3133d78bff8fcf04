package io.kombine.batch.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.batch.plan.Plan;
import io.kombine.batch.plan.PlannedStep;
import io.kombine.batch.pricing.Model;
import io.kombine.batch.pricing.ModelCatalog;
import io.kombine.batch.source.SourceImage;
import io.kombine.contracts.Money;
import io.kombine.contracts.StepKind;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenePlannerTests {

  @Test
  void aSceneWithoutReferencesIsAStepWithoutInputsForEachVariant() {
    Plan plan = plan(1, new Scene("SCENE-001", "kitchen", 2, List.of()));

    assertThat(plan.steps()).extracting(PlannedStep::variation).containsExactly(0, 1);
    assertThat(plan.steps()).allSatisfy(step -> assertThat(step.inputs()).isEmpty());
    assertThat(plan.steps())
        .flatExtracting(PlannedStep::paths)
        .containsExactly(
            List.of("001_SCENE-001", "variant_1.jpg"), List.of("001_SCENE-001", "variant_2.jpg"));
    assertThat(plan.cost("USD")).isEqualTo(Money.of("0.004", "USD"));
  }

  @Test
  void aModelThatReturnsSeveralIsAskedOnceForAsManyAsItCan() {
    Plan plan = plan(2, new Scene("s", "kitchen", 3, List.of()));

    assertThat(plan.steps()).extracting(PlannedStep::outputCount).containsExactly(2, 1);
    assertThat(plan.cost("USD")).isEqualTo(Money.of("0.006", "USD"));
  }

  @Test
  void scenesWhoseNamesFileSystemsTakeForOneHaveFoldersOfTheirOwn() {
    Plan plan = plan(1, new Scene("a/b", "p", 1, List.of()), new Scene("a:b", "p", 1, List.of()));

    assertThat(plan.steps())
        .flatExtracting(PlannedStep::paths)
        .doesNotHaveDuplicates()
        .extracting(path -> path.getFirst())
        .containsExactly("001_a_b", "002_a_b");
  }

  private static Plan plan(int outputsPerCall, Scene... scenes) {
    ModelCatalog catalog =
        new ModelCatalog(
            "now",
            "USD",
            List.of(model("i", StepKind.I2I, outputsPerCall), model("v", StepKind.I2V, 1)));
    SceneModels models =
        new SceneModels(new ScenesProperties("i", "v", "720p", BigDecimal.TWO), catalog);
    List<Scene> rows = List.of(scenes);
    return ScenePlanner.images(
        rows, rows.stream().map(row -> List.<SourceImage>of()).toList(), models, catalog);
  }

  private static Model model(String id, StepKind kind, int outputsPerCall) {
    return new Model(
        id,
        kind,
        "local",
        "local",
        outputsPerCall,
        4_000,
        List.of("jpeg"),
        90,
        List.of(),
        List.of(),
        kind == StepKind.I2V ? List.of("720p") : List.of(),
        BigDecimal.ONE,
        BigDecimal.TEN,
        List.of(),
        List.of(Model.Price.fixed(null, null, null, new BigDecimal("0.002"))));
  }
}
