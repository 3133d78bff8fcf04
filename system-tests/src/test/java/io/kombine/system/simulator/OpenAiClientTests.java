package io.kombine.system.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.MultipartField;
import com.openai.errors.BadRequestException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.images.ImageEditParams;
import com.openai.models.images.ImagesResponse;
import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.fault.FaultKind;
import io.kombine.system.simulator.fault.FaultRule;
import io.kombine.system.simulator.invoice.InvoiceLine;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OpenAI's own client, with its retries off, understands the simulator. */
class OpenAiClientTests {

  private Simulator simulator;
  private OpenAIClient client;

  @BeforeEach
  void start() throws IOException {
    SimulatorSettings settings = SimulatorSettings.defaults();
    simulator =
        Simulator.start(
            settings.with(Vendor.OPENAI, settings.of(Vendor.OPENAI).with(Set.of("sk-good"))));
    client = client("sk-good");
  }

  @AfterEach
  void stop() {
    client.close();
    simulator.close();
  }

  private OpenAIClient client(String key) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(simulator.baseUrl() + "/v1")
        .apiKey(key)
        .maxRetries(0)
        .build();
  }

  @SuppressWarnings("deprecation") // why: the field still works, and tells the step
  private static ImageEditParams.Builder edit() {
    MultipartField<ImageEditParams.Image> image =
        MultipartField.<ImageEditParams.Image>builder()
            .value(
                ImageEditParams.Image.ofInputStream(
                    new ByteArrayInputStream(Samples.jpeg(300, 200))))
            .filename("source.jpg")
            .contentType("image/jpeg")
            .build();
    return ImageEditParams.builder()
        .image(image)
        .prompt("a straw hat on the head")
        .model("gpt-image-1")
        .size(ImageEditParams.Size._1024X1024)
        .quality(ImageEditParams.Quality.LOW)
        .outputFormat(ImageEditParams.OutputFormat.JPEG)
        .user("step-7/1");
  }

  @Test
  void imageComesBackAsRealMediaAndIsBilledToItsStep() {
    ImagesResponse response = client.images().edit(edit().n(2).build());

    assertThat(response.data().orElseThrow()).hasSize(2);
    byte[] bytes =
        Base64.getDecoder()
            .decode(response.data().orElseThrow().getFirst().b64Json().orElseThrow());
    BufferedImage image = Samples.decoded(bytes);
    assertThat(image.getWidth()).isEqualTo(1024);
    assertThat(image.getHeight()).isEqualTo(1024);
    assertThat(response.usage().orElseThrow().outputTokens()).isEqualTo(544);
    InvoiceLine line = simulator.invoice().lines().getFirst();
    assertThat(line.step()).isEqualTo("step-7/1");
    assertThat(line.amount()).isEqualByComparingTo(new BigDecimal("0.022"));
    assertThat(line.keyId()).doesNotContain("sk-good");
  }

  @Test
  void severalInputImagesAreTaken() {
    MultipartField<ImageEditParams.Image> images =
        MultipartField.<ImageEditParams.Image>builder()
            .value(
                ImageEditParams.Image.ofInputStreams(
                    List.<InputStream>of(
                        new ByteArrayInputStream(Samples.jpeg(300, 200)),
                        new ByteArrayInputStream(Samples.jpeg(200, 200)))))
            .filename("source.jpg")
            .contentType("image/jpeg")
            .build();
    ImagesResponse response = client.images().edit(edit().image(images).build());
    assertThat(response.usage().orElseThrow().inputTokensDetails().imageTokens()).isEqualTo(646);
  }

  @Test
  void stepHeaderGoesBeforeTheUser() {
    client.images().edit(edit().putAdditionalHeader("X-Kombine-Step", "step-9/2").build());
    assertThat(simulator.invoice().linesOf("step-9/2")).hasSize(1);
  }

  @Test
  void wrongKeyIsUnauthorized() {
    OpenAIClient stranger = client("sk-bad");
    assertThatThrownBy(() -> stranger.images().edit(edit().build()))
        .isInstanceOf(UnauthorizedException.class);
    stranger.close();
    assertThat(simulator.invoice().lines()).isEmpty();
  }

  @Test
  void errorsHaveTheirTypes() {
    simulator.faults().put(FaultRule.of(Vendor.OPENAI, FaultKind.REFUSAL).nth(1));
    simulator.faults().put(FaultRule.of(Vendor.OPENAI, FaultKind.BILLING).nth(2));
    assertThatThrownBy(() -> client.images().edit(edit().build()))
        .isInstanceOfSatisfying(
            BadRequestException.class, e -> assertThat(e.code()).contains("moderation_blocked"));
    assertThatThrownBy(() -> client.images().edit(edit().build()))
        .isInstanceOfSatisfying(
            RateLimitException.class, e -> assertThat(e.type()).contains("insufficient_quota"));
  }

  @Test
  void badParametersAreRefusedAndNotBilled() {
    assertThatThrownBy(() -> client.images().edit(edit().size("1000x1000").build()))
        .isInstanceOf(BadRequestException.class);
    assertThatThrownBy(() -> client.images().edit(edit().n(11).build()))
        .isInstanceOf(BadRequestException.class);
    assertThat(simulator.invoice().lines()).isEmpty();
  }
}
