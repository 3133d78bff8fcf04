package io.kombine.batch.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.Money;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import io.kombine.contracts.StepPrice;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

/** The catalog that is shipped. */
class CatalogTests {

  private static ModelCatalog catalog(Map<String, Object> properties) throws IOException {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
    new YamlPropertySourceLoader()
        .load("application", new ClassPathResource("application.yml"))
        .forEach(environment.getPropertySources()::addLast);
    return new PricingConfiguration()
        .modelCatalog(Binder.get(environment).bind("kombine.models", ModelsProperties.class).get());
  }

  @Test
  void paidModelsAreOfferedOnlyWhereTheirAccountsAre() throws IOException {
    assertThat(catalog(Map.of()).models())
        .extracting(Model::id)
        .containsExactly("local-image", "local-text", "local-video");
    assertThat(
            catalog(
                    Map.of(
                        "kombine.openai.enabled", "true",
                        "kombine.gemini.enabled", "true",
                        "kombine.kling.enabled", "true",
                        "kombine.fal.enabled", "true"))
                .models())
        .extracting(Model::id)
        .contains(
            "gpt-image-2.5-flare",
            "gemini-nano-banana-2.1",
            "gemini-3.5-flash-lite",
            "kling-v2-6",
            "kling-v2-5-turbo",
            "fal-ai/kling-video/v2.5-turbo/pro/image-to-video",
            "fal-ai/kling-video/v2.6/pro/image-to-video");
  }

  @Test
  void tokenPricedCallHoldsMoreThanItIsExpectedToCost() throws IOException {
    ModelCatalog catalog = catalog(Map.of("kombine.openai.enabled", "true"));
    Model model = catalog.find(StepKind.I2I, "gpt-image-2.5-flare").orElseThrow();

    StepPrice price = catalog.price(model, StepParameters.image(null, "medium", "jpeg", 90), 2);

    assertThat(price.amount()).isEqualTo(Money.of("0.08", "USD"));
    assertThat(price.hold()).isEqualTo(Money.of("0.3", "USD"));
    assertThat(price.tokens().output()).isEqualByComparingTo("30");
  }

  @Test
  void klingsVideosLastFiveOrTenSeconds() throws IOException {
    Model model =
        catalog(Map.of("kombine.kling.enabled", "true"))
            .find(StepKind.I2V, "kling-v2-6")
            .orElseThrow();

    assertThat(model.canLast(new BigDecimal("5.0"))).isTrue();
    assertThat(model.canLast(BigDecimal.TEN)).isTrue();
    assertThat(model.canLast(BigDecimal.valueOf(7))).isFalse();
    assertThat(model.canLast(BigDecimal.valueOf(15))).isFalse();
  }
}
