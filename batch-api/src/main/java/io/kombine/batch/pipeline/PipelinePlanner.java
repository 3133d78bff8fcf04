package io.kombine.batch.pipeline;

import io.kombine.batch.pipeline.Pipeline.Images;
import io.kombine.batch.pipeline.Pipeline.Videos;
import io.kombine.batch.plan.Plan;
import io.kombine.batch.plan.PlannedGroup;
import io.kombine.batch.plan.PlannedStep;
import io.kombine.batch.pricing.ModelCatalog;
import io.kombine.batch.source.SourceImage;
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
 * Plans a pipeline: one image step for each source × image prompt (more where the model can't
 * return all variations in one call), one video step for each image × video prompt. Pure: the same
 * pipeline, sources and catalog give the same plan. Made for one plan; not thread-safe.
 */
final class PipelinePlanner {

  /** Stands for sources that an estimate has not fetched; never stored. */
  private static final ArtifactRef UNFETCHED =
      new ArtifactRef("0".repeat(64), "image/jpeg", 0, null, null, null, null);

  private final Pipeline pipeline;
  private final ModelCatalog catalog;
  private final TreePaths paths = new TreePaths();
  private final List<PlannedStep> steps = new ArrayList<>();

  private PipelinePlanner(Pipeline pipeline, ModelCatalog catalog) {
    this.pipeline = pipeline;
    this.catalog = catalog;
  }

  /**
   * @param sources in the order of the pipeline's; without artifacts for a plan that only prices
   */
  static Plan plan(Pipeline pipeline, List<SourceImage> sources, ModelCatalog catalog) {
    return new PipelinePlanner(pipeline, catalog).plan(sources);
  }

  private Plan plan(List<SourceImage> sources) {
    List<PlannedGroup> groups = new ArrayList<>();
    for (SourceImage source : sources) {
      int index = groups.size();
      groups.add(new PlannedGroup(index, source.name(), source.artifact(), source.url()));
      ArtifactRef artifact = source.artifact() == null ? UNFETCHED : source.artifact();
      PipelineNames names = new PipelineNames(index, source.name(), paths);
      if (pipeline.images() != null) {
        planImages(index, names, artifact, pipeline.images());
      } else if (pipeline.videos() != null) {
        StepInput input = StepInput.of(Role.IMAGE, artifact);
        planVideos(index, names, "", null, input, pipeline.videos());
      }
    }
    return new Plan(BatchKind.PIPELINE, groups, steps);
  }

  private void planImages(int group, PipelineNames names, ArtifactRef source, Images images) {
    StepParameters parameters =
        StepParameters.image(
            images.model().defaultSize(),
            images.model().defaultQuality(),
            images.model().formats().getFirst(),
            images.model().outputQuality());
    int atOnce = images.model().outputsPerCall();
    for (int prompt = 0; prompt < images.prompts().size(); prompt++) {
      for (int first = 0; first < images.perPrompt(); first += atOnce) {
        int outputs = Math.min(atOnce, images.perPrompt() - first);
        planCall(group, names, source, images, parameters, prompt, first, outputs);
      }
    }
  }

  private void planCall(
      int group,
      PipelineNames names,
      ArtifactRef source,
      Images images,
      StepParameters parameters,
      int prompt,
      int first,
      int outputs) {
    String text = images.prompts().get(prompt);
    int variation = first / images.model().outputsPerCall();
    List<List<String>> files = new ArrayList<>();
    List<String> marks = new ArrayList<>();
    for (int output = 0; output < outputs; output++) {
      String mark = PipelineNames.mark("p", prompt) + PipelineNames.mark("v", first + output);
      marks.add(mark);
      files.add(names.image(mark, text, parameters));
    }
    int ordinal = steps.size();
    steps.add(
        new PlannedStep(
            ordinal,
            group,
            StepKind.I2I,
            null,
            images.model().account(),
            images.model().provider(),
            images.model().id(),
            text,
            prompt,
            variation,
            parameters,
            List.of(StepInput.of(Role.IMAGE, source)),
            outputs,
            catalog.price(images.model(), parameters, outputs),
            null,
            files,
            false));
    if (pipeline.videos() != null) {
      for (int output = 0; output < outputs; output++) {
        StepInput input = StepInput.ofParent(Role.IMAGE, output);
        planVideos(group, names, marks.get(output), ordinal, input, pipeline.videos());
      }
    }
  }

  private void planVideos(
      int group,
      PipelineNames names,
      String imageMark,
      @Nullable Integer parent,
      StepInput input,
      Videos videos) {
    StepParameters parameters = StepParameters.video(videos.resolution(), videos.seconds(), null);
    ArtifactRef source = input.artifact();
    for (int prompt = 0; prompt < videos.prompts().size(); prompt++) {
      String text = videos.prompts().get(prompt);
      String mark = imageMark + PipelineNames.mark("m", prompt);
      steps.add(
          new PlannedStep(
              steps.size(),
              group,
              StepKind.I2V,
              parent,
              videos.model().account(),
              videos.model().provider(),
              videos.model().id(),
              text,
              prompt,
              0,
              parameters,
              List.of(input),
              1,
              catalog.price(videos.model(), parameters, 1),
              null,
              List.of(names.video(mark, text)),
              pipeline.approval()));
    }
  }
}
