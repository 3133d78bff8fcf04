package io.kombine.i2v.remote;

import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepInput;
import io.kombine.worker.provider.CallInput;
import io.kombine.worker.provider.ProviderCall;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What Kling's models are asked for and what they take, whoever runs them: Kling itself or fal.
 *
 * @param duration {@code 5} or {@code 10}, seconds
 */
public record KlingRequest(
    String prompt, @Nullable String negativePrompt, CallInput image, String duration) {

  private static final long MOST_IMAGE_BYTES = 10L * 1024 * 1024;
  private static final int SHORTEST_SIDE_PX = 300;
  private static final double WIDEST = 2.5;
  private static final int LONGEST_PROMPT = 2_500;
  private static final BigDecimal SHORT = BigDecimal.valueOf(5);
  private static final BigDecimal LONG = BigDecimal.valueOf(10);

  /**
   * @throws IllegalArgumentException when Kling's models cannot do this
   */
  public static KlingRequest of(ProviderCall call) {
    RunStep step = call.step();
    require(step.outputCount() == 1, "a call makes one video");
    require(step.prompt().length() <= LONGEST_PROMPT, "a prompt has at most 2500 characters");
    String negative = step.parameters().negativePrompt();
    require(
        negative == null || negative.length() <= LONGEST_PROMPT,
        "a negative prompt has at most 2500 characters");
    CallInput image =
        call.inputs().stream()
            .filter(input -> input.role() != StepInput.Role.ANALYSIS)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("a video needs an image"));
    check(image.artifact());
    return new KlingRequest(
        step.prompt(), negative, image, duration(step.parameters().durationSeconds()));
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
}
