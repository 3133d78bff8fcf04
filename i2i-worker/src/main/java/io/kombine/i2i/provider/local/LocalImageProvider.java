package io.kombine.i2i.provider.local;

import io.kombine.contracts.ContractJson;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepParameters;
import io.kombine.worker.artifact.ImageProbe;
import io.kombine.worker.artifact.ImageSource;
import io.kombine.worker.provider.CallInput;
import io.kombine.worker.provider.Charge;
import io.kombine.worker.provider.ProducedOutput;
import io.kombine.worker.provider.ProviderCall;
import io.kombine.worker.provider.ProviderOutcome;
import io.kombine.worker.provider.StepProvider;
import io.kombine.worker.provider.local.LocalCalls;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The provider {@code local} of images (model {@code local-image}) and image analyses ({@code
 * local-text}): works on this machine and sends nothing anywhere.
 */
final class LocalImageProvider implements StepProvider {

  /** Images that one call takes. */
  private static final int MOST_INPUTS = 16;

  /** Longest side that cards are read at. */
  private static final int CARD_PX = 1024;

  /** One output on a busy machine: fifty times what an idle core needs for a megapixel. */
  private static final Duration LONGEST_EDIT = Duration.ofSeconds(45);

  private final LocalCalls calls;
  private final ImageProbe probe;
  private final LocalImageEngine engine = new LocalImageEngine();

  LocalImageProvider(LocalCalls calls, ImageProbe probe) {
    this.calls = calls;
    this.probe = probe;
  }

  @Override
  public String name() {
    return "local";
  }

  @Override
  public Duration hardTimeout(RunStep step) {
    return calls.hardTimeout(LONGEST_EDIT.multipliedBy(step.outputCount()));
  }

  @Override
  public boolean resubmitSafe() {
    return true;
  }

  @Override
  public ProviderOutcome call(ProviderCall call) throws InterruptedException {
    List<CallInput> images =
        call.inputs().stream().filter(input -> input.role() != StepInput.Role.ANALYSIS).toList();
    if (images.size() > MOST_INPUTS) {
      return new ProviderOutcome.Input(
          "The local provider takes up to %d images, not %d."
              .formatted(MOST_INPUTS, images.size()));
    }
    return switch (call.step().model()) {
      case "local-image" -> image(call, images);
      case "local-text" -> analysis(call, images);
      default ->
          new ProviderOutcome.Input(
              "The local provider has no model '" + call.step().model() + "' for images.");
    };
  }

  private ProviderOutcome image(ProviderCall call, List<CallInput> images)
      throws InterruptedException {
    List<ImageOrder> orders;
    try {
      orders = orders(call.step());
    } catch (IllegalArgumentException refused) {
      return new ProviderOutcome.Input("The local provider cannot: " + refused.getMessage() + ".");
    }
    return calls.make(
        call,
        () -> {
          List<BufferedImage> decoded = new ArrayList<>();
          for (CallInput image : images) {
            decoded.add(decode(image, decoded.isEmpty() ? ImageSize.MAX_PX : CARD_PX));
          }
          List<ProducedOutput> outputs = new ArrayList<>();
          for (ImageOrder order : orders) {
            outputs.add(
                ProducedOutput.image(engine.make(decoded, order), order.encoding().mediaType()));
          }
          return new ProviderOutcome.Succeeded(outputs, Charge.asPriced());
        });
  }

  private static List<ImageOrder> orders(RunStep step) {
    StepParameters parameters = step.parameters();
    ImageSize asked = ImageSize.of(parameters.size());
    ImageSize size = asked == null ? ImageSize.ofRatio(parameters.aspectRatio()) : asked;
    ImageEncoding encoding =
        ImageEncoding.of(parameters.outputFormat(), parameters.outputQuality());
    List<ImageOrder> orders = new ArrayList<>();
    for (int output = 0; output < step.outputCount(); output++) {
      // why 1000: outputs of one call must not repeat those of the next variation
      orders.add(new ImageOrder(step.prompt(), step.variation() + 1000 * output, size, encoding));
    }
    return orders;
  }

  private ProviderOutcome analysis(ProviderCall call, List<CallInput> images)
      throws InterruptedException {
    if (images.isEmpty()) {
      return new ProviderOutcome.Input("An analysis needs an image.");
    }
    RunStep step = call.step();
    return calls.make(
        call,
        () -> {
          List<ImageAnalysis> found = new ArrayList<>();
          for (CallInput image : images) {
            BufferedImage decoded = decode(image, CARD_PX);
            Integer width = image.artifact().widthPx();
            Integer height = image.artifact().heightPx();
            found.add(
                ImageAnalysis.of(
                    decoded,
                    width == null ? decoded.getWidth() : width,
                    height == null ? decoded.getHeight() : height));
          }
          byte[] json =
              ContractJson.mapper()
                  .writeValueAsBytes(new Findings(step.model(), step.prompt(), found));
          return ProviderOutcome.Succeeded.of(ProducedOutput.text(json, "application/json"));
        });
  }

  /** The JSON of an analysis. */
  record Findings(String model, String prompt, List<ImageAnalysis> images) {}

  private BufferedImage decode(CallInput input, int longestSidePx) throws IOException {
    return probe.decode(
        ImageSource.of(input.artifact().bytes(), input.source()::open), longestSidePx);
  }
}
