package io.kombine.i2v.provider.fal;

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
 * The body of a submission to an image-to-video app.
 *
 * @param image a data URL; named so by Kling's apps up to 2.5
 * @param startImage the same, named so by later ones
 * @param duration {@code 5} or {@code 10}
 * @param sound false where the app could make some, since silent videos are what is priced
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FalOrder(
    String prompt,
    @JsonProperty("image_url") @Nullable String image,
    @JsonProperty("start_image_url") @Nullable String startImage,
    @JsonProperty("negative_prompt") @Nullable String negativePrompt,
    String duration,
    @JsonProperty("generate_audio") @Nullable Boolean sound) {

  private static final long MOST_IMAGE_BYTES = 10L * 1024 * 1024;
  private static final int SHORTEST_SIDE_PX = 300;
  private static final double WIDEST = 2.5;
  private static final int LONGEST_PROMPT = 2_500;
  private static final BigDecimal SHORT = BigDecimal.valueOf(5);
  private static final BigDecimal LONG = BigDecimal.valueOf(10);

  /**
   * @throws IllegalArgumentException when fal's apps cannot do this
   * @throws IOException when the image cannot be read
   */
  static FalOrder of(ProviderCall call, FalApp app) throws IOException {
    RunStep step = call.step();
    StepParameters wishes = step.parameters();
    require(step.outputCount() == 1, "a call makes one video");
    require(step.prompt().length() <= LONGEST_PROMPT, "a prompt has at most 2500 characters");
    String negative = wishes.negativePrompt();
    require(
        negative == null || negative.length() <= LONGEST_PROMPT,
        "a negative prompt has at most 2500 characters");
    checkResolution(wishes.resolution(), app);
    CallInput image =
        call.inputs().stream()
            .filter(input -> input.role() != StepInput.Role.ANALYSIS)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("a video needs an image"));
    check(image.artifact());
    String duration = duration(wishes.durationSeconds());
    String url =
        "data:%s;base64,%s"
            .formatted(
                image.artifact().mediaType(), Base64.getEncoder().encodeToString(image.readAll()));
    boolean start = app.namesStartImage();
    return new FalOrder(
        step.prompt(),
        start ? null : url,
        start ? url : null,
        negative,
        duration,
        start ? Boolean.FALSE : null);
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

  /** The app decides it: the standard ones make 720p, the pro ones 1080p. */
  private static void checkResolution(@Nullable String resolution, FalApp app) {
    if (resolution != null && app.name().contains("/pro/")) {
      require(resolution.equals("1080p"), "this app's resolution is 1080p, not " + resolution);
    }
    if (resolution != null && app.name().contains("/standard/")) {
      require(resolution.equals("720p"), "this app's resolution is 720p, not " + resolution);
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

  /** Without the image and the prompt. */
  @Override
  public String toString() {
    return "FalOrder[" + duration + " s]";
  }
}
