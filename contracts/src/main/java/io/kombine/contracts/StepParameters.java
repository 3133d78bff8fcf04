package io.kombine.contracts;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a model is asked for beside prompt and inputs. A field a model has no use for is absent; a
 * provider refuses what it cannot do at planning, not here.
 *
 * @param size pixels as {@code 1024x1024}, or absent for the model's own choice
 * @param quality a word of the model's capabilities, such as {@code medium}
 * @param outputFormat {@code jpeg} or {@code png}
 * @param outputQuality of a JPEG, 1–100
 * @param aspectRatio as {@code 16:9}
 * @param resolution of a video, such as {@code 720p}
 * @param durationSeconds of a video
 * @param negativePrompt what must not be seen
 * @param voice of speech
 * @param cameraMovement of a video, such as {@code zoom_in}
 * @param motionStrength of a video, 0–1
 */
public record StepParameters(
    @Nullable String size,
    @Nullable String quality,
    @Nullable String outputFormat,
    @Nullable Integer outputQuality,
    @Nullable String aspectRatio,
    @Nullable String resolution,
    @Nullable BigDecimal durationSeconds,
    @Nullable String negativePrompt,
    @Nullable String voice,
    @Nullable String cameraMovement,
    @Nullable BigDecimal motionStrength) {

  /** No wishes at all. */
  public static final StepParameters NONE =
      new StepParameters(null, null, null, null, null, null, null, null, null, null, null);

  /** An image's. */
  public static StepParameters image(
      @Nullable String size, @Nullable String quality, String outputFormat, Integer outputQuality) {
    return new StepParameters(
        size, quality, outputFormat, outputQuality, null, null, null, null, null, null, null);
  }

  /** A video's. */
  public static StepParameters video(
      String resolution, BigDecimal durationSeconds, @Nullable String aspectRatio) {
    return new StepParameters(
        null, null, null, null, aspectRatio, resolution, durationSeconds, null, null, null, null);
  }
}
