package io.kombine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kombine.local.money.Bill;
import io.kombine.local.money.InvoiceFile;
import io.kombine.local.money.LedgerRows;
import io.kombine.local.money.Reconciliation;
import io.kombine.system.simulator.Simulator;
import io.kombine.system.simulator.SimulatorSettings;
import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.desk.WorkTimes;
import io.kombine.system.simulator.invoice.InvoiceLine;
import io.kombine.system.simulator.limit.LimitSettings;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Paid providers as the workers' processes speak to them, held against what they would bill. */
class VendorsIT extends SystemTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String FAL_APP = "fal-ai/kling-video/v2.5-turbo/pro/image-to-video";

  private static Simulator simulator;

  @BeforeAll
  static void simulate() throws IOException {
    SimulatorSettings settings = SimulatorSettings.defaults();
    simulator =
        Simulator.start(
            settings.with(
                Vendor.FAL,
                settings
                    .of(Vendor.FAL)
                    .with(new LimitSettings(1_000, 60_000, 1, true))
                    .with(new WorkTimes.Range(6_000, 6_000))));
  }

  @AfterAll
  static void endSimulation() {
    simulator.close();
  }

  @Override
  protected SystemSetup setup() {
    String url = simulator.baseUrl().toString();
    SystemSetup setup = SystemSetup.plain();
    for (String vendor : List.of("openai", "gemini", "kling", "fal")) {
      setup = setup.with("batch-api", "kombine." + vendor + ".enabled", "true");
    }
    return setup
        .with("i2i-worker", "kombine.providers.openai.openai.api-key", "openai-key")
        .with("i2i-worker", "kombine.providers.openai.openai.base-url", url + "/v1")
        .with("i2i-worker", "kombine.providers.gemini.gemini.api-key", "gemini-key")
        .with("i2i-worker", "kombine.providers.gemini.gemini.base-url", url)
        .with("i2v-worker", "kombine.providers.kling.kling.api-key", "kling-key")
        .with("i2v-worker", "kombine.providers.kling.kling.base-url", url)
        .with("i2v-worker", "kombine.providers.kling.kling.poll-interval", "200ms")
        .with("i2v-worker", "kombine.providers.fal.fal.api-key", "fal-key")
        .with("i2v-worker", "kombine.providers.fal.fal.base-url", url)
        .with("i2v-worker", "kombine.providers.fal.fal.poll-interval", "200ms");
  }

  @Test
  void eachVendorsResultsAreDeliveredAndItsInvoiceIsTheLedger() throws Exception {
    List<String> source = source();
    List<UUID> batches =
        List.of(
            client.submit(images("OpenAI", source, "gpt-image-2.5-flare"), null),
            client.submit(images("Gemini", source, "gemini-nano-banana-2.1"), null),
            client.submit(videos("Kling", source, "kling-v2-6", "720p", 2), null),
            client.submit(videos("fal", source, FAL_APP, "1080p", 1), null));

    for (UUID batch : batches) {
      JsonNode status = awaitEnd(batch);
      assertThat(status.path("status").asString()).as("%s", status).isEqualTo("COMPLETED");
      Path folder = folder(status);
      DeliveredTree tree = DeliveredTree.ofFolder(folder).outputs();
      assertThat(tree.files()).hasSize(status.path("counts").path("total").asInt());
      for (String path : tree.files().keySet()) {
        if (path.endsWith(".mp4")) {
          assertThat(VideoFile.decode(folder.resolve(path)).frames()).isPositive();
        } else {
          assertThat(Files.readAllBytes(folder.resolve(path)))
              .as("a JPEG as its name says: %s", path)
              .startsWith(0xFF, 0xD8);
        }
      }
    }
    assertThat(simulator.invoice().lines().stream().map(InvoiceLine::vendor))
        .contains("openai", "gemini", "kling", "fal");
    assertLedgerIsTheInvoice();
  }

  @Test
  void cancelTakesWaitingRequestsOutOfFalsQueueUnbilled() throws Exception {
    UUID batch = client.submit(videos("Cancelled", source(), FAL_APP, "1080p", 3), null);
    Set<String> steps = stepIds(batch).stream().map(UUID::toString).collect(Collectors.toSet());
    await("three requests in fal's queue").atMost(PATIENCE).until(() -> linesOf(steps).size() == 3);

    client.post("/api/batches/" + batch + "/cancel", "", null);

    JsonNode status = awaitEnd(batch);
    assertThat(status.path("status").asString()).as("%s", status).isEqualTo("CANCELLED");
    Map<String, Long> ends =
        steps(batch).stream()
            .collect(
                Collectors.groupingBy(
                    step -> step.path("stopped").asString(""), Collectors.counting()));
    assertThat(ends).isEqualTo(Map.of("finished-kept", 1L, "stopped-free", 2L));
    assertThat(linesOf(steps)).filteredOn(InvoiceLine::refunded).hasSize(2);
    assertThat(DeliveredTree.ofFolder(folder(status)).outputs().files()).hasSize(1);
    assertLedgerIsTheInvoice();
  }

  /** As large as Kling wants it. */
  private List<String> source() throws Exception {
    BufferedImage picture = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    pen.setPaint(new GradientPaint(0, 0, Color.ORANGE, 640, 480, Color.DARK_GRAY));
    pen.fillRect(0, 0, 640, 480);
    pen.dispose();
    Path file = scratch.resolve("sunset.png");
    ImageIO.write(picture, "png", file.toFile());
    return client.upload(List.of(file));
  }

  private static List<InvoiceLine> linesOf(Set<String> steps) {
    return simulator.invoice().lines().stream()
        .filter(line -> steps.contains(line.stepId()))
        .toList();
  }

  /** As {@code ./kombine reconcile} compares them. */
  private void assertLedgerIsTheInvoice() throws IOException {
    Path csv = Files.writeString(scratch.resolve("invoice.csv"), simulator.invoice().csv());
    InvoiceFile invoice = InvoiceFile.read(csv);
    Map<String, Bill> ledger =
        new LedgerRows(system.stack().database()).bills(invoice.vendors(), "USD");
    Reconciliation result = Reconciliation.of(ledger, invoice.bills());
    assertThat(result.lines()).isEmpty();
    assertThat(result.differences()).isZero();
    assertThat(result.agreeing()).isPositive();
  }

  private static String images(String name, List<String> sources, String model) {
    ObjectNode body = JSON.createObjectNode().put("name", name);
    sources.forEach(body.putArray("source_images")::add);
    ObjectNode config = body.putObject("i2i_config");
    config.put("model", model).put("images_per_prompt", 1);
    config.putArray("prompts").add("as a watercolour").add("at night");
    return body.toString();
  }

  private static String videos(
      String name, List<String> sources, String model, String resolution, int prompts) {
    ObjectNode body = JSON.createObjectNode().put("name", name);
    sources.forEach(body.putArray("source_images")::add);
    body.putObject("i2i_config").put("enabled", false);
    ObjectNode config = body.putObject("i2v_config");
    config.put("model", model).put("resolution", resolution).put("duration_sec", 5);
    for (int i = 0; i < prompts; i++) {
      config.withArray("prompts").add("pan " + i);
    }
    return body.toString();
  }
}
