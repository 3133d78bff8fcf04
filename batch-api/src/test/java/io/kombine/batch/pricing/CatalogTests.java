package io.kombine.batch.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kombine.batch.pricing.ModelsProperties.ModelEntry;
import io.kombine.batch.problem.ProblemException;
import io.kombine.batch.problem.ProblemType;
import io.kombine.contracts.Money;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import io.kombine.contracts.StepPrice;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
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
    return new PricingConfiguration().modelCatalog(bound(properties));
  }

  private static ModelsProperties bound(Map<String, Object> properties) throws IOException {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
    new YamlPropertySourceLoader()
        .load("application", new ClassPathResource("application.yml"))
        .forEach(environment.getPropertySources()::addLast);
    return Binder.get(environment).bind("kombine.models", ModelsProperties.class).get();
  }

  private static ModelEntry entry(Map<String, Object> properties) throws IOException {
    ModelEntry speech = bound(properties).catalog().get("local-voice");
    assertThat(speech).isNotNull();
    return speech;
  }

  @Test
  void paidModelsAreOfferedOnlyWhereTheirAccountsAre() throws IOException {
    assertThat(catalog(Map.of()).models())
        .extracting(Model::id)
        .containsExactly("local-image", "local-text", "local-video", "local-voice");
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
  void speechCostsByTheCharacterHoweverManyBytesOrCharsThatTakes() throws IOException {
    ModelCatalog catalog = catalog(Map.of("kombine.espeak.installed", "true"));
    Model voice = catalog.usable(StepKind.AUDIO, "local-voice", "audioModel");

    StepPrice price = catalog.priceOfSpeech(voice, StepParameters.NONE, "a\u00e9\ud83d\ude00");

    assertThat(price.amount()).isEqualTo(Money.of("0.00003", "USD"));
    assertThat(voice.voices()).startsWith("en-us");
  }

  @Test
  void speechIsRefusedWithThePackagesNameWhereItIsNotInstalled() throws IOException {
    ModelCatalog catalog = catalog(Map.of("kombine.espeak.installed", "false"));

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> catalog.usable(StepKind.AUDIO, "local-voice", "audioModel"))
        .satisfies(refused -> {
          assertThat(refused.type()).isEqualTo(ProblemType.MODEL_UNAVAILABLE);
          assertThat(refused.errors().getFirst().field()).isEqualTo("audioModel");
          assertThat(refused.detail()).contains("package espeak-ng");
        });
  }

  @Test
  void aProgramIsLookedForOnThisMachineWhereNothingElseIsSaid() throws IOException {
    ModelEntry speech = entry(Map.of());
    Path directory = Files.createTempDirectory("path");
    Path elsewhere = Files.createTempDirectory("path");
    Path program = Files.createFile(directory.resolve("espeak-ng"));
    String path = elsewhere + File.pathSeparator + directory + File.pathSeparator;

    assertThat(InstalledPrograms.missingPackage(speech, path)).isEqualTo("espeak-ng");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    assertThat(InstalledPrograms.missingPackage(speech, path)).isNull();
    assertThat(InstalledPrograms.missingPackage(speech, elsewhere.toString()))
        .isEqualTo("espeak-ng");
    assertThat(
            InstalledPrograms.missingPackage(entry(Map.of("kombine.espeak.installed", "true")), ""))
        .isNull();
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
