package io.kombine.i2v.provider.fal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.kombine.i2v.remote.KlingRequest;
import io.kombine.worker.provider.CallInput;
import io.kombine.worker.provider.ProviderCall;
import java.io.IOException;
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

  /**
   * @throws IllegalArgumentException when fal's apps cannot do this
   * @throws IOException when the image cannot be read
   */
  static FalOrder of(ProviderCall call, FalApp app) throws IOException {
    checkResolution(call.step().parameters().resolution(), app);
    KlingRequest request = KlingRequest.of(call);
    CallInput image = request.image();
    String url =
        "data:%s;base64,%s"
            .formatted(
                image.artifact().mediaType(), Base64.getEncoder().encodeToString(image.readAll()));
    boolean start = app.namesStartImage();
    return new FalOrder(
        request.prompt(),
        start ? null : url,
        start ? url : null,
        request.negativePrompt(),
        request.duration(),
        start ? Boolean.FALSE : null);
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
