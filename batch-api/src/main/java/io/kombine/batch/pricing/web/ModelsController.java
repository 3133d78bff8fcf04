package io.kombine.batch.pricing.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kombine.batch.pricing.Model;
import io.kombine.batch.pricing.ModelCatalog;
import io.kombine.contracts.StepKind;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** {@code GET /api/models}: what can be asked for and at which price. */
@RestController
class ModelsController {

  private final ModelCatalog catalog;

  ModelsController(ModelCatalog catalog) {
    this.catalog = catalog;
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record ModelList(String priceVersion, String currency, List<ModelView> models) {}

  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ModelView(
      String id,
      StepKind kind,
      String provider,
      Capabilities capabilities,
      List<PriceView> prices,
      @Nullable String missingPackage) {}

  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Capabilities(
      int outputsPerCall,
      int maxPromptLength,
      @Nullable List<String> formats,
      @Nullable List<String> sizes,
      @Nullable List<String> qualities,
      @Nullable List<String> resolutions,
      @Nullable BigDecimal minSeconds,
      @Nullable BigDecimal maxSeconds,
      @Nullable List<BigDecimal> fixedSeconds,
      @Nullable List<String> voices) {}

  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PriceView(
      String unit,
      BigDecimal amount,
      String currency,
      @Nullable String size,
      @Nullable String quality,
      @Nullable String resolution) {}

  @GetMapping("/api/models")
  ModelList models() {
    return new ModelList(
        catalog.priceVersion(),
        catalog.currency(),
        catalog.models().stream().map(this::view).toList());
  }

  private ModelView view(Model model) {
    boolean image = model.kind() == StepKind.I2I;
    boolean video = model.kind() == StepKind.I2V;
    return new ModelView(
        model.id(),
        model.kind(),
        model.provider(),
        new Capabilities(
            model.outputsPerCall(),
            model.maxPromptLength(),
            image ? model.formats() : null,
            image ? model.sizes() : null,
            image ? model.qualities() : null,
            video ? model.resolutions() : null,
            video ? model.minSeconds() : null,
            video ? model.maxSeconds() : null,
            model.fixedSeconds().isEmpty() ? null : model.fixedSeconds(),
            model.voices().isEmpty() ? null : model.voices()),
        model.prices().stream()
            .map(price ->
                new PriceView(
                    unit(model.kind()),
                    price.amount(),
                    catalog.currency(),
                    price.size(),
                    price.quality(),
                    price.resolution()))
            .toList(),
        model.missing());
  }

  /** What the amount is for. */
  private static String unit(StepKind kind) {
    return switch (kind) {
      case ANALYSIS -> "call";
      case I2I -> "image";
      case AUDIO -> "character";
      case I2V -> "second";
    };
  }
}
