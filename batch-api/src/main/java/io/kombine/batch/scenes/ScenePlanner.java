package io.kombine.batch.scenes;

import io.kombine.batch.plan.Plan;
import io.kombine.batch.plan.PlannedGroup;
import io.kombine.batch.plan.PlannedStep;
import io.kombine.batch.pricing.Model;
import io.kombine.batch.pricing.ModelCatalog;
import io.kombine.batch.source.SourceImage;
import io.kombine.batch.tree.SafeNames;
import io.kombine.batch.tree.TreePaths;
import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.BatchKind;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepInput.Role;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Plans scenes: one image step for each variant (fewer where the model returns several at once), or
 * one video step for each approved image. A scene without reference images is an image step without
 * input. Paths are {@code 001_<scene>/variant_1.jpg} and {@code 001_<scene>/clip.mp4}. Pure.
 */
final class ScenePlanner {

  private final SceneModels models;
  private final ModelCatalog catalog;
  private final TreePaths paths = new TreePaths();
  private final List<PlannedGroup> groups = new ArrayList<>();
  private final List<PlannedStep> steps = new ArrayList<>();

  private ScenePlanner(SceneModels models, ModelCatalog catalog) {
    this.models = models;
    this.catalog = catalog;
  }

  /**
   * @param references of each scene, in the order of the scenes; those without artifacts are left
   *     out, which changes no price
   */
  static Plan images(
      List<Scene> scenes,
      List<List<SourceImage>> references,
      SceneModels models,
      ModelCatalog catalog) {
    ScenePlanner planner = new ScenePlanner(models, catalog);
    for (int i = 0; i < scenes.size(); i++) {
      planner.addScene(scenes.get(i), references.get(i));
    }
    return planner.plan();
  }

  static Plan videos(List<ApprovedImage> images, SceneModels models, ModelCatalog catalog) {
    ScenePlanner planner = new ScenePlanner(models, catalog);
    images.forEach(planner::addClip);
    return planner.plan();
  }

  private Plan plan() {
    return new Plan(BatchKind.SCENES, groups, steps);
  }

  private void addScene(Scene scene, List<SourceImage> references) {
    List<StepInput> inputs = new ArrayList<>();
    for (SourceImage reference : references) {
      if (reference.artifact() != null) {
        inputs.add(StepInput.of(Role.REFERENCE, reference.artifact()));
      }
    }
    SourceImage first = references.isEmpty() ? null : references.getFirst();
    int group =
        addGroup(
            scene.sceneId(),
            first == null ? null : first.artifact(),
            first == null ? null : first.url());
    Model model = models.images();
    StepParameters parameters = models.ofImages();
    String extension = "png".equals(parameters.outputFormat()) ? "png" : "jpg";
    int atOnce = model.outputsPerCall();
    for (int made = 0; made < scene.variants(); made += atOnce) {
      int outputs = Math.min(atOnce, scene.variants() - made);
      List<List<String>> files = new ArrayList<>();
      for (int output = 0; output < outputs; output++) {
        files.add(
            paths.file(
                List.of(folder(group, scene.sceneId())),
                "variant_" + (made + output + 1),
                extension));
      }
      addStep(
          group,
          StepKind.I2I,
          model,
          scene.prompt(),
          made / atOnce,
          parameters,
          inputs,
          outputs,
          files);
    }
  }

  private void addClip(ApprovedImage image) {
    int group = addGroup(image.sceneId(), image.artifact().artifact(), image.url());
    addStep(
        group,
        StepKind.I2V,
        models.videos(),
        image.prompt(),
        0,
        models.ofVideos(),
        List.of(StepInput.of(Role.IMAGE, image.artifact().artifact())),
        1,
        List.of(paths.file(List.of(folder(group, image.sceneId())), "clip", "mp4")));
  }

  private int addGroup(String sceneId, @Nullable ArtifactRef source, @Nullable String url) {
    groups.add(new PlannedGroup(groups.size(), sceneId, source, url));
    return groups.size() - 1;
  }

  private void addStep(
      int group,
      StepKind kind,
      Model model,
      String prompt,
      int variation,
      StepParameters parameters,
      List<StepInput> inputs,
      int outputs,
      List<List<String>> files) {
    steps.add(
        new PlannedStep(
            steps.size(),
            group,
            kind,
            null,
            model.account(),
            model.provider(),
            model.id(),
            prompt,
            0,
            variation,
            parameters,
            inputs,
            outputs,
            catalog.price(model, parameters, outputs),
            null,
            files,
            false));
  }

  private static String folder(int group, String sceneId) {
    String number = String.format(Locale.ROOT, "%03d_", group + 1);
    return number + SafeNames.of(sceneId, "scene", SafeNames.MAX_LENGTH - number.length());
  }
}
