package io.kombine.i2i.provider.openai;

import com.google.errorprone.annotations.MustBeClosed;
import com.openai.core.MultipartField;
import com.openai.core.http.HttpResponseFor;
import com.openai.models.images.ImageEditParams;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.images.ImagesResponse;
import com.openai.services.blocking.ImageService;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepParameters;
import io.kombine.worker.provider.CallInput;
import io.kombine.worker.provider.ProviderCall;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What OpenAI is asked for: an edit of images, or a new one where there are none. All inputs are in
 * memory before anything is sent, so that none can fail in the middle of a paid call.
 */
record OpenAiImageOrder(
    String callKey,
    String model,
    String prompt,
    int count,
    String size,
    @Nullable String quality,
    String format,
    @Nullable Integer compression,
    List<byte[]> images,
    String imageType) {

  /** Images that one edit takes. */
  static final int MOST_IMAGES = 16;

  /** Of all inputs of a call together. */
  static final long MOST_BYTES = 64L * 1024 * 1024;

  private static final long MOST_BYTES_EACH = 50_000_000;
  private static final int LONGEST_PROMPT = 32_000;
  private static final int MOST_OUTPUTS = 10;
  private static final Set<String> IMAGE_TYPES = Set.of("image/png", "image/jpeg", "image/webp");

  /**
   * @throws IllegalArgumentException when OpenAI cannot do this
   * @throws IOException when an input cannot be read
   */
  static OpenAiImageOrder of(ProviderCall call) throws IOException {
    RunStep step = call.step();
    StepParameters wishes = step.parameters();
    StringBuilder prompt = new StringBuilder(step.prompt());
    List<byte[]> images = new ArrayList<>();
    String type = "image/png";
    long bytes = 0;
    for (CallInput input : call.inputs()) {
      if (input.role() == StepInput.Role.ANALYSIS) {
        prompt.append("\n\n").append(new String(input.readAll(), StandardCharsets.UTF_8));
        continue;
      }
      String mediaType = input.artifact().mediaType();
      require(IMAGE_TYPES.contains(mediaType), "inputs are PNG, JPEG or WebP, not " + mediaType);
      require(input.artifact().bytes() < MOST_BYTES_EACH, "an input has less than 50 MB");
      bytes += input.artifact().bytes();
      require(bytes <= MOST_BYTES, "all inputs together have at most 64 MiB");
      require(images.size() < MOST_IMAGES, "at most 16 images are taken");
      // why the first's: one type is sent for all, and the content is told by itself
      type = images.isEmpty() ? mediaType : type;
      images.add(input.readAll());
    }
    require(prompt.length() <= LONGEST_PROMPT, "a prompt has at most 32000 characters");
    require(step.outputCount() <= MOST_OUTPUTS, "a call makes at most 10 images");
    String format = wishes.outputFormat() == null ? "jpeg" : wishes.outputFormat();
    require(
        format.equals("jpeg") || format.equals("png"), "output format is jpeg or png: " + format);
    return new OpenAiImageOrder(
        call.idempotencyKey(),
        step.model(),
        prompt.toString(),
        step.outputCount(),
        wishes.size() == null ? sizeOf(wishes.aspectRatio()) : wishes.size(),
        wishes.quality(),
        format,
        format.equals("jpeg") ? wishes.outputQuality() : null,
        images,
        type);
  }

  /** Sends it: one paid call. */
  @MustBeClosed
  HttpResponseFor<ImagesResponse> send(ImageService.WithRawResponse service) {
    return images.isEmpty() ? service.generate(generation()) : service.edit(edit());
  }

  String mediaType() {
    return "image/" + format;
  }

  private ImageEditParams edit() {
    List<InputStream> streams =
        images.stream().<InputStream>map(ByteArrayInputStream::new).toList();
    ImageEditParams.Builder edit =
        ImageEditParams.builder()
            .image(
                MultipartField.<ImageEditParams.Image>builder()
                    .value(
                        streams.size() == 1
                            ? ImageEditParams.Image.ofInputStream(streams.getFirst())
                            : ImageEditParams.Image.ofInputStreams(streams))
                    .filename("input." + imageType.substring("image/".length()))
                    .contentType(imageType)
                    .build())
            .prompt(prompt)
            .model(model)
            .n(count)
            .size(size)
            .outputFormat(ImageEditParams.OutputFormat.of(format))
            .putAdditionalHeader("X-Kombine-Step", callKey)
            .putAdditionalHeader("Idempotency-Key", callKey);
    if (quality != null) {
      edit.quality(ImageEditParams.Quality.of(quality));
    }
    if (compression != null) {
      edit.outputCompression(compression.longValue());
    }
    return edit.build();
  }

  private ImageGenerateParams generation() {
    ImageGenerateParams.Builder generation =
        ImageGenerateParams.builder()
            .prompt(prompt)
            .model(model)
            .n(count)
            .size(size)
            .outputFormat(ImageGenerateParams.OutputFormat.of(format))
            .putAdditionalHeader("X-Kombine-Step", callKey)
            .putAdditionalHeader("Idempotency-Key", callKey);
    if (quality != null) {
      generation.quality(ImageGenerateParams.Quality.of(quality));
    }
    if (compression != null) {
      generation.outputCompression(compression.longValue());
    }
    return generation.build();
  }

  private static String sizeOf(@Nullable String aspectRatio) {
    if (aspectRatio == null) {
      return "auto";
    }
    require(
        aspectRatio.matches("[1-9]\\d{0,2}:[1-9]\\d{0,2}"),
        "aspect ratio is as 16:9: " + aspectRatio);
    String[] sides = aspectRatio.split(":", -1);
    int byWidth = Integer.compare(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
    return byWidth == 0 ? "1024x1024" : byWidth > 0 ? "1536x1024" : "1024x1536";
  }

  private static void require(boolean met, String message) {
    if (!met) {
      throw new IllegalArgumentException(message);
    }
  }
}
