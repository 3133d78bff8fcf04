package io.kombine.i2v.provider.kling;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.kombine.contracts.RunStep;
import io.kombine.i2v.remote.KlingRequest;
import io.kombine.worker.provider.ProviderCall;
import java.io.IOException;
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

  /**
   * @throws IllegalArgumentException when Kling cannot do this
   * @throws IOException when the image cannot be read
   */
  static KlingOrder of(ProviderCall call) throws IOException {
    RunStep step = call.step();
    KlingRequest request = KlingRequest.of(call);
    return new KlingOrder(
        step.model(),
        Base64.getEncoder().encodeToString(request.image().readAll()),
        request.prompt(),
        request.negativePrompt(),
        mode(step.parameters().resolution()),
        request.duration(),
        step.model().equals("kling-v2-6") ? "off" : null,
        call.idempotencyKey());
  }

  private static String mode(@Nullable String resolution) {
    return switch (resolution) {
      case null -> "std";
      case "720p" -> "std";
      case "1080p" -> "pro";
      default -> throw new IllegalArgumentException("resolution is 720p or 1080p: " + resolution);
    };
  }

  /** Without the image and the prompt. */
  @Override
  public String toString() {
    return "KlingOrder[" + modelName + ", " + externalTaskId + "]";
  }
}
