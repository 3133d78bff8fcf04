package io.kombine.i2i;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.Ids;
import io.kombine.contracts.Money;
import io.kombine.contracts.PlannedDelivery;
import io.kombine.contracts.RunStep;
import io.kombine.contracts.StatusEvent;
import io.kombine.contracts.StepEvent;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepInput.Role;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import io.kombine.contracts.StepPrice;
import io.kombine.contracts.StepState;
import io.kombine.contracts.Topics;
import io.kombine.testing.KombineInfrastructure;
import io.kombine.testing.TestKafka;
import io.kombine.worker.artifact.ArtifactStore;
import io.kombine.worker.artifact.ImageArtifacts;
import io.kombine.worker.consume.ContractRecords;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** The whole image worker: an analysis whose JSON goes on into images, with a product beside it. */
@KombineInfrastructure
@SpringBootTest(classes = I2iWorkerApplication.class, webEnvironment = WebEnvironment.NONE)
@DirtiesContext // why: its consumer shares the group with that of other test classes
class AnalysisChainIT {

  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir static Path data;

  @Autowired ArtifactStore store;
  @Autowired ImageArtifacts images;
  @Autowired KafkaTemplate<String, byte[]> kafka;

  private final Map<UUID, StepEvent> succeeded = new HashMap<>();
  private KafkaConsumer<String, byte[]> reader;

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry registry) {
    registry.add("kombine.artifacts.directory", () -> data.resolve("artifacts"));
  }

  @BeforeEach
  void listen() {
    reader =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, TestKafka.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG, TestKafka.uniqueName("analysis-tests"),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    reader.subscribe(List.of(Topics.STEP_EVENTS));
  }

  @AfterEach
  void stop() {
    reader.close();
  }

  @Test
  void analysisGoesOnIntoImagesThatShowItAndTheProduct() throws IOException {
    UUID batch = Ids.next();
    StepInput slide = StepInput.of(Role.IMAGE, picture(Color.BLACK, Color.ORANGE));
    StepInput product = StepInput.of(Role.PRODUCT, picture(Color.WHITE, Color.MAGENTA));
    StepInput finding = StepInput.ofParent(Role.ANALYSIS, 0);
    RunStep guided = step(batch, StepKind.I2I, 1, List.of(finding, product, slide), List.of());
    RunStep second = step(batch, StepKind.I2I, 2, List.of(slide, product, finding), List.of());
    RunStep unguided = step(batch, StepKind.I2I, 3, List.of(slide, product), List.of());
    RunStep bare = step(batch, StepKind.I2I, 4, List.of(slide), List.of());
    RunStep analysis =
        step(batch, StepKind.ANALYSIS, 0, List.of(slide, product), List.of(guided, second));

    List.of(analysis, unguided, bare).forEach(this::send);
    Awaitility.await()
        .atMost(LONG)
        .untilAsserted(() -> {
          poll();
          assertThat(succeeded)
              .containsKeys(guided.stepId(), second.stepId(), unguided.stepId(), bare.stepId());
        });

    ArtifactRef found = output(analysis);
    assertThat(found.mediaType()).isEqualTo("application/json");
    assertThat(found.thumbnailSha256()).isNull();
    assertThat(found.widthPx()).isNull();
    assertThat(succeeded.get(analysis.stepId()).cost()).isEqualTo(Money.of("0.0005", "USD"));
    JsonNode json = json(found);
    assertThat(json.at("/images").size()).isEqualTo(2);
    assertThat(json.at("/images/1/role").asString()).isEqualTo("product");
    assertThat(json.at("/style/words").size()).isEqualTo(2);
    assertThat(output(guided).thumbnailSha256()).isNotNull();
    assertThat(output(guided)).isEqualTo(output(second));
    assertThat(difference(output(guided), output(unguided))).isGreaterThan(4);
    assertThat(difference(output(unguided), output(bare))).isGreaterThan(4);
  }

  private ArtifactRef output(RunStep step) {
    return succeeded.get(step.stepId()).outputs().getFirst().artifact();
  }

  private JsonNode json(ArtifactRef artifact) throws IOException {
    try (InputStream in = store.open(artifact.sha256())) {
      return ContractJson.mapper().readTree(in);
    }
  }

  /** Mean difference of a colour channel, 0–255; people see four. */
  private double difference(ArtifactRef one, ArtifactRef other) throws IOException {
    BufferedImage a = read(one);
    BufferedImage b = read(other);
    long sum = 0;
    for (int y = 0; y < a.getHeight(); y++) {
      for (int x = 0; x < a.getWidth(); x++) {
        Color first = new Color(a.getRGB(x, y));
        Color second = new Color(b.getRGB(x, y));
        sum +=
            Math.abs(first.getRed() - second.getRed())
                + Math.abs(first.getGreen() - second.getGreen())
                + Math.abs(first.getBlue() - second.getBlue());
      }
    }
    return sum / (3.0 * a.getWidth() * a.getHeight());
  }

  private BufferedImage read(ArtifactRef artifact) throws IOException {
    try (InputStream in = store.open(artifact.sha256())) {
      return ImageIO.read(in);
    }
  }

  private ArtifactRef picture(Color from, Color to) throws IOException {
    BufferedImage image = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setPaint(new GradientPaint(0, 0, from, 400, 300, to));
    pen.fillRect(0, 0, 400, 300);
    pen.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return images.put(out.toByteArray());
  }

  private void send(RunStep step) {
    kafka.send(ContractRecords.write(step.kind().topic(), step.stepId().toString(), step)).join();
  }

  private void poll() {
    reader
        .poll(Duration.ofMillis(100))
        .forEach(message -> {
          if (ContractRecords.read(message, StatusEvent.class) instanceof StepEvent event
              && event.state() == StepState.SUCCEEDED) {
            succeeded.put(event.stepId(), event);
          }
        });
  }

  private static RunStep step(
      UUID batch, StepKind kind, int ordinal, List<StepInput> inputs, List<RunStep> children) {
    boolean analysis = kind == StepKind.ANALYSIS;
    return new RunStep(
        RunStep.VERSION,
        Ids.next(),
        batch,
        "tests",
        kind,
        0,
        ordinal,
        1,
        0,
        1,
        3,
        "local",
        "local",
        analysis ? "local-text" : "local-image",
        "put the product into the scene",
        0,
        0,
        StepParameters.NONE,
        inputs,
        1,
        StepPrice.fixed("test", Money.of(analysis ? "0.0005" : "0.002", "USD")),
        null,
        "Tests [2026]",
        List.of(
            new PlannedDelivery(
                Ids.next(), 0, List.of("variation_1", analysis ? "analysis.json" : "slide.jpg"))),
        Instant.EPOCH,
        children);
  }
}
