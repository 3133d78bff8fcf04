package io.kombine.batch.scenes;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.kombine.batch.plan.Plan;
import io.kombine.batch.plan.PlannedStep;
import io.kombine.batch.scenes.DryRuns.DryRun;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What both calls answer as {@code batch_job}: a job, or a dry run that only says what it would be.
 *
 * @param status of the batch, or {@code DRY_RUN}
 * @param images of a job of images
 * @param videos of a job of videos
 * @param batchHash of the rows of images
 * @param expiresAt until when a live call may follow a dry run
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BatchJob(
    UUID id,
    String status,
    @Nullable List<SceneOutput> images,
    @Nullable List<SceneOutput> videos,
    Cost cost,
    @Nullable String batchHash,
    @Nullable Instant expiresAt) {

  /** The status of a dry run. */
  public static final String DRY_RUN = "DRY_RUN";

  /** What it is expected to cost. */
  public record Cost(String currency, BigDecimal total) {}

  /**
   * One image or clip.
   *
   * @param variant counted from 1 within its scene
   * @param state of its step, or {@code PLANNED} in a dry run
   * @param approved whether it is the scene's approved image; absent on clips
   */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SceneOutput(
      String sceneId,
      int variant,
      String prompt,
      String state,
      @JsonProperty("artifact_id") @Nullable UUID artifactId,
      @Nullable String url,
      @Nullable String thumbnailUrl,
      @Nullable Boolean approved,
      @Nullable String error) {

    static SceneOutput planned(String sceneId, int variant, String prompt) {
      return new SceneOutput(sceneId, variant, prompt, "PLANNED", null, null, null, null, null);
    }
  }

  static BatchJob ofDryRun(DryRun run, List<Scene> scenes, Plan plan) {
    List<SceneOutput> images = new ArrayList<>();
    int[] variants = new int[scenes.size()];
    for (PlannedStep step : plan.steps()) {
      for (int output = 0; output < step.outputCount(); output++) {
        int group = step.groupIndex();
        variants[group]++;
        images.add(
            SceneOutput.planned(scenes.get(group).sceneId(), variants[group], step.prompt()));
      }
    }
    return new BatchJob(
        run.id(),
        DRY_RUN,
        images,
        null,
        new Cost(run.total().currency(), run.total().amount()),
        run.batchHash(),
        run.expiresAt());
  }
}
