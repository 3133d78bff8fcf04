package io.kombine.i2v.provider.kling;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepParameters;
import io.kombine.worker.provider.CallInput;
import io.kombine.worker.provider.ProviderCall;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The body of a creation.
 *
 * @param image raw base64, without a prefix
 * @param mode {@code std} for 720p, {@code pro} for 1080p
 * @param duration {@code 5} or {@code 10}
 * @param sound {@code off} where the model could make some, since silent videos are what is priced
 * @param externalTaskId our own id of the task, by which it can be asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record KlingOrder(
    @JsonProperty("model_name") String modelName,
    String image,
    String prompt,
    @JsonProperty("negative_prompt") @Nullable String negativePrompt,
    String mode,
    String duration,
    @Nullable String sound,
    @JsonProperty("external_task_id") String externalTaskId) {

  private static final long MOST_IMAGE_BYTES = 10L * 1024 * 1024;
  private static final int SHORTEST_SIDE_PX = 300;
  private static final double WIDEST = 2.5;
  private static final int LONGEST_PROMPT = 2_500;
  private static final BigDecimal SHORT = BigDecimal.valueOf(5);
  private static final BigDecimal LONG = BigDecimal.valueOf(10);

  /**
   * @throws IllegalArgumentException when Kling cannot do this
   * @throws IOException when the image cannot be read
   */
  static KlingOrder of(ProviderCall call) throws IOException {
    RunStep step = call.step();
    StepParameters wishes = step.parameters();
    require(step.outputCount() == 1, "a call makes one video");
    require(step.prompt().length() <= LONGEST_PROMPT, "a prompt has at most 2500 characters");
    String negative = wishes.negativePrompt();
    require(
        negative == null || negative.length() <= LONGEST_PROMPT,
        "a negative prompt has at most 2500 characters");
    CallInput image =
        call.inputs().stream()
            .filter(input -> input.role() != StepInput.Role.ANALYSIS)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("a video needs an image"));
    check(image.artifact());
    return new KlingOrder(
        step.model(),
        Base64.getEncoder().encodeToString(image.readAll()),
        step.prompt(),
        negative,
        mode(wishes.resolution()),
        duration(wishes.durationSeconds()),
        step.model().equals("kling-v2-6") ? "off" : null,
        call.idempotencyKey());
  }

  private static void check(ArtifactRef image) {
    require(
        image.mediaType().equals("image/jpeg") || image.mediaType().equals("image/png"),
        "the image is JPEG or PNG, not " + image.mediaType());
    require(image.bytes() <= MOST_IMAGE_BYTES, "the image has at most 10 MB");
    Integer width = image.widthPx();
    Integer height = image.heightPx();
    if (width != null && height != null) {
      require(
          Math.min(width, height) >= SHORTEST_SIDE_PX,
          "the image's sides have at least 300 pixels");
      require(
          width <= WIDEST * height && height <= WIDEST * width,
          "the image is at most 2.5:1 either way");
    }
  }

  private static String mode(@Nullable String resolution) {
    return switch (resolution) {
      case null -> "std";
      case "720p" -> "std";
      case "1080p" -> "pro";
      default -> throw new IllegalArgumentException("resolution is 720p or 1080p: " + resolution);
    };
  }

  private static String duration(@Nullable BigDecimal seconds) {
    if (seconds == null || seconds.compareTo(SHORT) == 0) {
      return "5";
    }
    require(seconds.compareTo(LONG) == 0, "a video has 5 or 10 seconds, not " + seconds);
    return "10";
  }

  private static void require(boolean met, String message) {
    if (!met) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Without the image and the prompt. */
  @Override
  public String toString() {
    return "KlingOrder[" + modelName + ", " + externalTaskId + "]";
  }
}
