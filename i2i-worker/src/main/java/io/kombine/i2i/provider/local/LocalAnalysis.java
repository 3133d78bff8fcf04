package io.kombine.i2i.provider.local;

import io.kombine.contracts.ContractJson;
import io.kombine.worker.artifact.ImageProbe;
import io.kombine.worker.artifact.ImageSource;
import io.kombine.worker.provider.CallInput;
import io.kombine.worker.provider.ProducedOutput;
import io.kombine.worker.provider.ProviderCall;
import io.kombine.worker.provider.ProviderOutcome;
import io.kombine.worker.provider.local.LocalCalls;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The model {@code local-text}: analyses images. Thread-safe. */
final class LocalAnalysis {

  /** Longest side that images are looked at. */
  private static final int LOOK_PX = 1024;

  private final LocalCalls calls;
  private final ImageProbe probe;

  LocalAnalysis(LocalCalls calls, ImageProbe probe) {
    this.calls = calls;
    this.probe = probe;
  }

  ProviderOutcome make(ProviderCall call, List<CallInput> images) throws InterruptedException {
    if (images.isEmpty()) {
      return new ProviderOutcome.Input("An analysis needs an image.");
    }
    return calls.make(
        call,
        () -> {
          List<AnalysisReport.SeenImage> seen = new ArrayList<>();
          for (CallInput image : images) {
            BufferedImage decoded =
                probe.decode(
                    ImageSource.of(image.artifact().bytes(), image.source()::open), LOOK_PX);
            Integer width = image.artifact().widthPx();
            Integer height = image.artifact().heightPx();
            seen.add(
                new AnalysisReport.SeenImage(
                    image.role().name().toLowerCase(Locale.ROOT),
                    ImageAnalysis.of(
                        decoded,
                        width == null ? decoded.getWidth() : width,
                        height == null ? decoded.getHeight() : height)));
          }
          byte[] json =
              ContractJson.mapper().writeValueAsBytes(AnalysisReport.of(call.step(), seen));
          return ProviderOutcome.Succeeded.of(ProducedOutput.text(json, "application/json"));
        });
  }
}
