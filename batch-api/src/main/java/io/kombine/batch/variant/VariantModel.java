package io.kombine.batch.variant;

import io.kombine.batch.pricing.Model;
import io.kombine.batch.pricing.ModelCatalog;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import org.springframework.stereotype.Component;

/** The model of products' images with what it is asked for. Immutable. */
@Component
final class VariantModel {

  private final Model model;

  VariantModel(VariantsProperties properties, ModelCatalog catalog) {
    this.model =
        catalog
            .find(StepKind.I2I, properties.imageModel())
            .orElseThrow(() ->
                new IllegalStateException(
                    "kombine.variants.image-model: there is no model %s; there are %s"
                        .formatted(properties.imageModel(), catalog.ids(StepKind.I2I))));
  }

  Model model() {
    return model;
  }

  StepParameters parameters() {
    return StepParameters.image(
        model.defaultSize(),
        model.defaultQuality(),
        model.formats().getFirst(),
        model.outputQuality());
  }
}
