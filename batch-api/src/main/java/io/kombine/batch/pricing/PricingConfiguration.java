package io.kombine.batch.pricing;

import io.kombine.batch.pricing.ModelsProperties.ModelEntry;
import io.kombine.batch.pricing.ModelsProperties.PriceEntry;
import io.kombine.batch.pricing.ModelsProperties.TokenEntry;
import io.kombine.contracts.StepPrice;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The catalog as configured. */
@Configuration(proxyBeanMethods = false)
class PricingConfiguration {

  @Bean
  ModelCatalog modelCatalog(ModelsProperties properties) {
    List<Model> models =
        properties.catalog().entrySet().stream()
            .filter(entry -> entry.getValue().enabled())
            .map(entry -> model(entry.getKey(), entry.getValue()))
            .toList();
    return new ModelCatalog(properties.priceVersion(), properties.currency(), models);
  }

  private static Model model(String id, ModelEntry entry) {
    return new Model(
        id,
        entry.kind(),
        entry.provider(),
        entry.account() == null ? entry.provider() : entry.account(),
        entry.outputsPerCall(),
        entry.maxPromptLength(),
        entry.formats(),
        entry.outputQuality(),
        entry.sizes(),
        entry.qualities(),
        entry.resolutions(),
        entry.minSeconds(),
        entry.maxSeconds(),
        entry.fixedSeconds(),
        entry.prices().stream().map(PricingConfiguration::price).toList(),
        entry.voices(),
        InstalledPrograms.missingPackage(entry));
  }

  private static Model.Price price(PriceEntry entry) {
    TokenEntry tokens = entry.tokens();
    return new Model.Price(
        entry.size(),
        entry.quality(),
        entry.resolution(),
        entry.amount(),
        entry.hold() == null ? entry.amount() : entry.hold(),
        tokens == null
            ? null
            : new StepPrice.TokenPrices(tokens.textInput(), tokens.imageInput(), tokens.output()));
  }
}
