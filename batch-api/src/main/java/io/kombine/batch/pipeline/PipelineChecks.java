package io.kombine.batch.pipeline;

import io.kombine.batch.pipeline.PipelineRequest.ImageConfig;
import io.kombine.batch.pipeline.PipelineRequest.VideoConfig;
import io.kombine.batch.pricing.Model;
import io.kombine.batch.pricing.ModelCatalog;
import io.kombine.batch.problem.FieldProblem;
import io.kombine.batch.problem.FieldProblems;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.batch.problem.Texts;
import io.kombine.contracts.StepKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link PipelineRequest} into a {@link Pipeline}, or says all that is wrong with it: first
 * what no system could take, then what these models can't do.
 */
final class PipelineChecks {

  static final int MAX_SOURCES = 10;
  static final int MAX_PROMPTS = 10;
  static final int MAX_IMAGES_PER_PROMPT = 10;
  static final int MAX_NAME = 200;
  private static final int MAX_URL = 2_048;
  private static final int MAX_PROMPT = 32_000;

  private final ModelCatalog catalog;
  private final FieldProblems invalid = new FieldProblems();

  private PipelineChecks(ModelCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * @throws ProblemException naming every wrong field
   */
  static Pipeline check(PipelineRequest request, ModelCatalog catalog) {
    return new PipelineChecks(catalog).check(request);
  }

  private Pipeline check(PipelineRequest request) {
    String name = text("name", request.name(), MAX_NAME);
    List<String> sources = texts("source_images", request.sourceImages(), MAX_SOURCES, MAX_URL);
    ImageConfig images = request.i2iConfig();
    VideoConfig videos = request.i2vConfig();
    boolean withImages = images != null && !Boolean.FALSE.equals(images.enabled());
    if (images == null) {
      invalid.add("i2i_config", "is required");
    }
    List<String> imagePrompts = List.of();
    int perPrompt = 1;
    String imageModel = "";
    if (images != null && withImages) {
      imagePrompts = texts("i2i_config.prompts", images.prompts(), MAX_PROMPTS, MAX_PROMPT);
      imageModel = text("i2i_config.model", images.model(), MAX_NAME);
      perPrompt = imagesPerPrompt(images.imagesPerPrompt());
    } else if (images != null && videos == null) {
      invalid.add("i2v_config", "is required where i2i_config.enabled is false");
    }
    List<String> videoPrompts = List.of();
    String videoModel = "";
    String resolution = "";
    BigDecimal seconds = BigDecimal.ONE;
    if (videos != null) {
      videoPrompts = texts("i2v_config.prompts", videos.prompts(), MAX_PROMPTS, MAX_PROMPT);
      videoModel = text("i2v_config.model", videos.model(), MAX_NAME);
      resolution = text("i2v_config.resolution", videos.resolution(), MAX_NAME);
      seconds = positive("i2v_config.duration_sec", videos.durationSec(), true);
    }
    boolean approval = Boolean.TRUE.equals(request.approval());
    if (approval && (videos == null || !withImages)) {
      invalid.add("approval", "needs images to approve and videos to make of them");
    }
    BigDecimal maxCost =
        request.maxCost() == null ? null : positive("max_cost", request.maxCost(), false);
    invalid.throwIfAny(ProblemType.INVALID_REQUEST);

    Model ofImages =
        withImages ? model(StepKind.I2I, "i2i_config", imageModel, imagePrompts) : null;
    Model ofVideos =
        videos == null ? null : model(StepKind.I2V, "i2v_config", videoModel, videoPrompts);
    if (ofVideos != null) {
      checkVideo(ofVideos, resolution, seconds);
    }
    return new Pipeline(
        name.strip(),
        sources,
        ofImages == null ? null : new Pipeline.Images(ofImages, imagePrompts, perPrompt),
        ofVideos == null ? null : new Pipeline.Videos(ofVideos, videoPrompts, resolution, seconds),
        approval,
        Boolean.TRUE.equals(request.reuse()),
        maxCost,
        request.quoteId());
  }

  private String text(String field, @Nullable String value, int maxLength) {
    return Texts.required(invalid, field, value, maxLength);
  }

  private List<String> texts(
      String field, @Nullable List<@Nullable String> values, int maxSize, int maxLength) {
    if (values == null) {
      invalid.add(field, "is required");
      return List.of();
    }
    if (values.isEmpty() || values.size() > maxSize) {
      invalid.add(field, "must hold 1 to " + maxSize + " elements, not " + values.size());
      return List.of();
    }
    List<String> checked = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      checked.add(text(field + "[" + i + "]", values.get(i), maxLength));
    }
    return checked;
  }

  private int imagesPerPrompt(@Nullable Integer value) {
    int number = value == null ? 1 : value;
    if (number < 1 || number > MAX_IMAGES_PER_PROMPT) {
      invalid.add("i2i_config.images_per_prompt", "must be from 1 to " + MAX_IMAGES_PER_PROMPT);
    }
    return number;
  }

  private BigDecimal positive(String field, @Nullable BigDecimal value, boolean seconds) {
    if (value == null) {
      invalid.add(field, "is required");
      return BigDecimal.ONE;
    }
    // why the bounds on digits: 1e999999999 is a number too, and writing it out is not harmless
    if (value.signum() <= 0 || value.precision() > 20 || Math.abs(value.scale()) > 12) {
      invalid.add(field, "must be more than 0 and have at most 12 decimals");
      return BigDecimal.ONE;
    }
    if (seconds && value.scale() > 3 && value.stripTrailingZeros().scale() > 3) {
      invalid.add(field, "must have at most 3 decimals");
    }
    return value;
  }

  private Model model(StepKind kind, String config, String id, List<String> prompts) {
    Model model =
        catalog
            .find(kind, id)
            .orElseThrow(() ->
                ProblemException.of(
                    ProblemType.UNKNOWN_MODEL,
                    FieldProblem.of(
                        config + ".model",
                        "names no model of kind " + kind.wireName(),
                        catalog.ids(kind))));
    FieldProblems unable = new FieldProblems();
    for (int i = 0; i < prompts.size(); i++) {
      if (prompts.get(i).length() > model.maxPromptLength()) {
        unable.add(
            config + ".prompts[" + i + "]",
            "must have at most " + model.maxPromptLength() + " characters for " + id);
      }
    }
    unable.throwIfAny(ProblemType.UNSUPPORTED_BY_MODEL);
    return model;
  }

  private static void checkVideo(Model model, String resolution, BigDecimal seconds) {
    FieldProblems unable = new FieldProblems();
    if (!model.resolutions().contains(resolution)) {
      unable.add("i2v_config.resolution", "is not offered by " + model.id(), model.resolutions());
    }
    if (!model.canLast(seconds) && !model.fixedSeconds().isEmpty()) {
      unable.add(
          "i2v_config.duration_sec",
          "is not offered by " + model.id(),
          model.fixedSeconds().stream().map(BigDecimal::toPlainString).toList());
    } else if (!model.canLast(seconds)) {
      unable.add(
          "i2v_config.duration_sec",
          "must be from %s to %s for %s"
              .formatted(
                  model.minSeconds().toPlainString(),
                  model.maxSeconds().toPlainString(),
                  model.id()));
    }
    unable.throwIfAny(ProblemType.UNSUPPORTED_BY_MODEL);
  }
}
