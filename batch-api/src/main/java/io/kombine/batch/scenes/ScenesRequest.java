package io.kombine.batch.scenes;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A request for images or for videos of scenes as it came: anything may be missing or wrong until
 * {@link SceneChecks} has looked at it. Over HTTP the path says the type and a header the hash.
 *
 * @param batchHash of the dry run that a live call for images follows
 * @param confirmCount how many clips the client expects to pay for; of videos alone
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScenesRequest(
    @Nullable Type type,
    @Nullable List<@Nullable Item> items,
    @Nullable RunMode runMode,
    @Nullable String batchHash,
    @Nullable Integer confirmCount) {

  /**
   * One scene.
   *
   * @param prompt of the images; of the clip's motion, where absent the scene's own
   * @param variants how many images; of images alone
   * @param referenceImages URLs; of images alone
   * @param jobId whose approved image becomes the clip; absent for the scene's latest job
   */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Item(
      @Nullable String sceneId,
      @Nullable String prompt,
      @Nullable Integer variants,
      @Nullable List<@Nullable String> referenceImages,
      @Nullable UUID jobId) {}

  /** What is made. */
  public enum Type {
    @JsonProperty("images")
    IMAGES,
    @JsonProperty("videos")
    VIDEOS
  }

  /** Whether anything is to be made at all. */
  public enum RunMode {
    @JsonProperty("dry_run")
    DRY_RUN,
    @JsonProperty("live")
    LIVE
  }

  /** The request for what a path says, after the dry run that a header names. */
  public ScenesRequest at(Type ofPath, @Nullable String hashOfHeader) {
    return new ScenesRequest(ofPath, items, runMode, hashOfHeader, confirmCount);
  }
}
