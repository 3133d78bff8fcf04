package io.kombine.i2v.provider.local;

import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepParameters;
import io.kombine.i2v.video.ScratchFiles;
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
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The provider {@code local} of videos (model {@code local-video}): moves a camera over an image on
 * this machine and sends nothing anywhere.
 */
final class LocalVideoProvider implements StepProvider {

  /** Longest side that the image is read at: enough for 1080p with room to move. */
  private static final int LONGEST_SIDE_PX = 4096;

  private static final BigDecimal USUAL_SECONDS = BigDecimal.valueOf(5);

  /** Before the first frame on a busy machine, another call's turn included. */
  private static final Duration LONGEST_START = Duration.ofSeconds(45);

  /** A second of video in 1080p on a busy machine: five times what an idle core needs. */
  private static final Duration LONGEST_SECOND = Duration.ofSeconds(10);

  private final LocalCalls calls;
  private final ImageProbe probe;
  private final ScratchFiles scratch;
  private final LocalVideoEngine engine = new LocalVideoEngine();

  LocalVideoProvider(LocalCalls calls, ImageProbe probe, ScratchFiles scratch) {
    this.calls = calls;
    this.probe = probe;
    this.scratch = scratch;
  }

  @Override
  public String name() {
    return "local";
  }

  @Override
  public Duration hardTimeout(RunStep step) {
    BigDecimal seconds = step.parameters().durationSeconds();
    long length = seconds == null ? 0 : seconds.setScale(0, RoundingMode.CEILING).longValue();
    return calls.hardTimeout(LONGEST_START.plus(LONGEST_SECOND.multipliedBy(length)));
  }

  @Override
  public boolean resubmitSafe() {
    return true;
  }

  @Override
  public ProviderOutcome call(ProviderCall call) throws InterruptedException {
    RunStep step = call.step();
    if (!step.model().equals("local-video")) {
      return new ProviderOutcome.Input(
          "The local provider has no model '" + step.model() + "' for videos.");
    }
    Optional<CallInput> image =
        call.inputs().stream().filter(input -> input.role() != StepInput.Role.ANALYSIS).findFirst();
    if (image.isEmpty()) {
      return new ProviderOutcome.Input("A video needs an image to begin with.");
    }
    List<VideoOrder> orders;
    try {
      orders = orders(step);
    } catch (IllegalArgumentException refused) {
      return new ProviderOutcome.Input("The local provider cannot: " + refused.getMessage() + ".");
    }
    List<Path> files = new ArrayList<>();
    boolean handedOver = false;
    try {
      for (int i = 0; i < orders.size(); i++) {
        files.add(scratch.create());
      }
      ProviderOutcome outcome = calls.make(call, () -> render(image.get(), orders, files));
      handedOver = outcome instanceof ProviderOutcome.Succeeded;
      return outcome;
    } catch (IOException full) {
      return new ProviderOutcome.Retry("No scratch file could be made: " + full.getMessage());
    } finally {
      if (!handedOver) {
        scratch.delete(files);
      }
    }
  }

  private ProviderOutcome render(CallInput image, List<VideoOrder> orders, List<Path> files)
      throws IOException {
    BufferedImage decoded =
        probe.decode(
            ImageSource.of(image.artifact().bytes(), image.source()::open), LONGEST_SIDE_PX);
    List<ProducedOutput> outputs = new ArrayList<>();
    for (int i = 0; i < orders.size(); i++) {
      RenderedVideo video = engine.render(decoded, orders.get(i), files.get(i));
      outputs.add(
          ProducedOutput.video(
              files.get(i),
              "video/mp4",
              video.widthPx(),
              video.heightPx(),
              video.seconds(),
              video.posterJpeg()));
    }
    return new ProviderOutcome.Succeeded(outputs, Charge.asPriced());
  }

  private static List<VideoOrder> orders(RunStep step) {
    StepParameters wishes = step.parameters();
    BigDecimal seconds =
        wishes.durationSeconds() == null ? USUAL_SECONDS : wishes.durationSeconds();
    if (seconds.compareTo(BigDecimal.ONE) < 0) {
      throw new IllegalArgumentException("a video lasts at least 1 second, not " + seconds);
    }
    Resolution resolution =
        wishes.resolution() == null ? Resolution.P720 : Resolution.of(wishes.resolution());
    Aspect aspect = Aspect.of(wishes.aspectRatio());
    List<VideoOrder> orders = new ArrayList<>();
    for (int output = 0; output < step.outputCount(); output++) {
      // why 1000: outputs of one call must not repeat those of the next variation
      orders.add(
          new VideoOrder(
              step.prompt(),
              step.variation() + 1000 * output,
              wishes.cameraMovement(),
              wishes.motionStrength(),
              resolution,
              aspect,
              seconds));
    }
    return orders;
  }
}
