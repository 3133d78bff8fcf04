package io.kombine.i2i.provider.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.ContractJson;
import io.kombine.contracts.Ids;
import io.kombine.contracts.Money;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import io.kombine.contracts.StepPrice;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AnalysisReportTests {

  private static final UUID STEP = Ids.next();

  @Test
  void reportSaysWhatIsSeen() {
    ImageAnalysis seen = ImageAnalysis.of(spot(Color.BLACK, Color.RED, 60, 40), 800, 600);

    assertThat(seen.widthPx()).isEqualTo(800);
    assertThat(seen.orientation()).isEqualTo("landscape");
    assertThat(seen.light()).isEqualTo("dark");
    assertThat(seen.isWarm()).isTrue();
    assertThat(seen.dominantColors().getFirst().name()).isEqualTo("black");
    assertThat(seen.dominantColors().get(1).name()).isEqualTo("red");
    assertThat(seen.detail().place()).isEqualTo("upper left");
    assertThat(seen.detail().arrangement()).isEqualTo("off-centre");
    assertThat(seen.summary()).contains("black and red");
  }

  @Test
  void sharpnessTellsNoiseFromAFlatColour() {
    BufferedImage flat = spot(Color.GRAY, Color.GRAY, 0, 0);
    BufferedImage rough = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 300; y++) {
      for (int x = 0; x < 400; x++) {
        rough.setRGB(x, y, (x / 2 + y / 2) % 2 == 0 ? 0xFFFFFF : 0);
      }
    }

    assertThat(ImageAnalysis.of(flat, 400, 300).detail().sharpness()).isEqualByComparingTo("0");
    assertThat(ImageAnalysis.of(rough, 400, 300).detail().sharpness()).isEqualByComparingTo("1");
    assertThat(ImageAnalysis.of(rough, 400, 300).detail().arrangement()).isEqualTo("even");
  }

  @Test
  void sameStepOverTheSameImagesReportsTheSameAndAnotherVariationAnotherStyle() {
    BufferedImage image = spot(Color.DARK_GRAY, Color.ORANGE, 100, 80);

    assertThat(json(image, 0)).isEqualTo(json(image, 0));
    assertThat(ContractJson.mapper().readTree(json(image, 0)).at("/style/words"))
        .isNotEqualTo(ContractJson.mapper().readTree(json(image, 1)).at("/style/words"));
  }

  @Test
  void everyStyleIsOneThatImagesCanFollow() {
    for (Color colour : List.of(Color.BLACK, Color.WHITE, Color.ORANGE, Color.BLUE, Color.GRAY)) {
      for (int variation = 0; variation < 16; variation++) {
        AnalysisReport report = report(spot(colour, colour, 0, 0), variation);
        assertThat(report.style().words())
            .hasSize(2)
            .allSatisfy(word -> assertThat(LookWords.named(word)).as(word).isPresent());
      }
    }
  }

  @Test
  void guideReadsAnyAnalysis() {
    AnalysisGuide own = AnalysisGuide.of(json(spot(Color.BLACK, Color.RED, 60, 40), 0));
    AnalysisGuide other =
        AnalysisGuide.of(
            "{\"mood\":[\"a pencil sketch\"],\"colours\":{\"main\":\"#102030\"}}"
                .getBytes(StandardCharsets.UTF_8));
    AnalysisGuide none = AnalysisGuide.of("not [ JSON, but snow".getBytes(StandardCharsets.UTF_8));

    assertThat(own.colours()).startsWith(0x000000, 0xFE0000);
    assertThat(own.words()).doesNotContain("describe it");
    assertThat(other.colours()).containsExactly(0x102030);
    assertThat(other.words()).contains("pencil sketch");
    assertThat(none.words()).contains("snow");
  }

  private static byte[] json(BufferedImage image, int variation) {
    return ContractJson.mapper().writeValueAsBytes(report(image, variation));
  }

  private static AnalysisReport report(BufferedImage image, int variation) {
    return AnalysisReport.of(
        step(variation),
        List.of(
            new AnalysisReport.SeenImage(
                "image", ImageAnalysis.of(image, image.getWidth(), image.getHeight()))));
  }

  private static BufferedImage spot(Color ground, Color spot, int x, int y) {
    BufferedImage image = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(ground);
    pen.fillRect(0, 0, 400, 300);
    pen.setColor(spot);
    pen.fillOval(x, y, 80, 80);
    pen.dispose();
    return image;
  }

  private static RunStep step(int variation) {
    return new RunStep(
        RunStep.VERSION,
        STEP,
        STEP,
        "tests",
        StepKind.ANALYSIS,
        0,
        0,
        1,
        0,
        1,
        3,
        "local",
        "local",
        "local-text",
        "describe it",
        0,
        variation,
        StepParameters.NONE,
        List.of(),
        1,
        StepPrice.fixed("test", Money.of("0.0005", "USD")),
        null,
        null,
        List.of(),
        Instant.EPOCH,
        List.of());
  }
}
