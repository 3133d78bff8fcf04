package io.kombine.batch.scenes;

import io.kombine.batch.pricing.Model;
import io.kombine.batch.pricing.ModelCatalog;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import org.springframework.stereotype.Component;

/** The models of scenes with what they are asked for. Immutable. */
@Component
final class SceneModels {

  private final Model images;
  private final Model videos;
  private final StepParameters ofVideos;

  SceneModels(ScenesProperties properties, ModelCatalog catalog) {
    this.images = model(catalog, StepKind.I2I, "image-model", properties.imageModel());
    this.videos = model(catalog, StepKind.I2V, "video-model", properties.videoModel());
    if (!videos.resolutions().contains(properties.videoResolution())) {
      throw new IllegalStateException(
          "kombine.scenes.video-resolution: %s is not offered by %s, which offers %s"
              .formatted(properties.videoResolution(), videos.id(), videos.resolutions()));
    }
    if (!videos.canLast(properties.videoSeconds())) {
      throw new IllegalStateException(
          "kombine.scenes.video-seconds: %s makes no videos of %s s"
              .formatted(videos.id(), properties.videoSeconds().toPlainString()));
    }
    this.ofVideos =
        StepParameters.video(properties.videoResolution(), properties.videoSeconds(), null);
  }

  private static Model model(ModelCatalog catalog, StepKind kind, String property, String id) {
    return catalog
        .find(kind, id)
        .orElseThrow(() ->
            new IllegalStateException(
                "kombine.scenes.%s: there is no model %s; there are %s"
                    .formatted(property, id, catalog.ids(kind))));
  }

  Model images() {
    return images;
  }

  Model videos() {
    return videos;
  }

  StepParameters ofImages() {
    return StepParameters.image(
        images.defaultSize(),
        images.defaultQuality(),
        images.formats().getFirst(),
        images.outputQuality());
  }

  StepParameters ofVideos() {
    return ofVideos;
  }
}
