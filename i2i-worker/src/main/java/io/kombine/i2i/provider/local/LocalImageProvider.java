package io.kombine.i2i.provider.local;

import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import io.kombine.i2i.image.ImageEncoding;
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
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
  private final LocalAnalysis analyses;
  private final LocalImageEngine engine = new LocalImageEngine();

  LocalImageProvider(LocalCalls calls, ImageProbe probe) {
    this.calls = calls;
    this.probe = probe;
    this.analyses = new LocalAnalysis(calls, probe);
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
    // why sorted: what is edited comes before what is laid upon it, whatever the step's order
    List<CallInput> images =
        call.inputs().stream()
            .filter(input -> input.role() != StepInput.Role.ANALYSIS)
            .sorted(Comparator.comparing(input -> input.role() != StepInput.Role.IMAGE))
            .toList();
    if (images.size() > MOST_INPUTS) {
      return new ProviderOutcome.Input(
          "The local provider takes up to %d images, not %d."
              .formatted(MOST_INPUTS, images.size()));
    }
    RunStep step = call.step();
    return switch (step.model()) {
      case String model when model.equals("local-image") && step.kind() == StepKind.I2I ->
          image(call, images);
      case String model when model.equals("local-text") && step.kind() == StepKind.ANALYSIS ->
          analyses.make(call, images);
      case String model ->
          new ProviderOutcome.Input(
              "The local provider has no model '%s' for %s steps."
                  .formatted(model, step.kind().wireName()));
    };
  }

  private ProviderOutcome image(ProviderCall call, List<CallInput> images)
      throws InterruptedException {
    List<ImageOrder> orders;
    try {
      orders = orders(call.step(), guide(call));
    } catch (IllegalArgumentException refused) {
      return new ProviderOutcome.Input("The local provider cannot: " + refused.getMessage() + ".");
    } catch (IOException unreadable) {
      return new ProviderOutcome.Retry("An input could not be read: " + unreadable.getMessage());
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

  /** The first analysis among the inputs. */
  private static @Nullable AnalysisGuide guide(ProviderCall call) throws IOException {
    for (CallInput input : call.inputs()) {
      if (input.role() == StepInput.Role.ANALYSIS) {
        if (input.artifact().bytes() > AnalysisGuide.MOST_BYTES) {
          throw new IllegalArgumentException("an analysis has at most 256 KiB");
        }
        return AnalysisGuide.of(input.readAll());
      }
    }
    return null;
  }

  private static List<ImageOrder> orders(RunStep step, @Nullable AnalysisGuide guide) {
    StepParameters parameters = step.parameters();
    ImageSize asked = ImageSize.of(parameters.size());
    ImageSize size = asked == null ? ImageSize.ofRatio(parameters.aspectRatio()) : asked;
    ImageEncoding encoding =
        ImageEncoding.of(parameters.outputFormat(), parameters.outputQuality());
    List<ImageOrder> orders = new ArrayList<>();
    for (int output = 0; output < step.outputCount(); output++) {
      // why 1000: outputs of one call must not repeat those of the next variation
      orders.add(
          new ImageOrder(step.prompt(), step.variation() + 1000 * output, size, encoding, guide));
    }
    return orders;
  }

  private BufferedImage decode(CallInput input, int longestSidePx) throws IOException {
    return probe.decode(
        ImageSource.of(input.artifact().bytes(), input.source()::open), longestSidePx);
  }
}
