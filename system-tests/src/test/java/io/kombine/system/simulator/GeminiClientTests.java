package io.kombine.system.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.genai.Client;
import com.google.genai.errors.ApiException;
import com.google.genai.types.Content;
import com.google.genai.types.FinishReason;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.ImageConfig;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.google.genai.types.Type;
import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.fault.FaultKind;
import io.kombine.system.simulator.fault.FaultRule;
import io.kombine.system.simulator.http.Json;
import io.kombine.system.simulator.invoice.InvoiceLine;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Google's own client, with its retries off, understands the simulator. */
class GeminiClientTests {

  private static final String IMAGE_MODEL = "gemini-nano-banana-2.1";

  private Simulator simulator;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(SimulatorSettings.defaults());
    client =
        Client.builder()
            .apiKey("gemini-key")
            .httpOptions(
                HttpOptions.builder()
                    .baseUrl(simulator.baseUrl().toString())
                    .headers(Map.of("X-Kombine-Step", "step-1/1"))
                    .retryOptions(HttpRetryOptions.builder().attempts(1))
                    .build())
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    simulator.close();
  }

  private GenerateContentResponse image() {
    Content content =
        Content.fromParts(
            Part.fromText("a straw hat"), Part.fromBytes(Samples.jpeg(300, 200), "image/jpeg"));
    return client.models.generateContent(
        IMAGE_MODEL,
        content,
        GenerateContentConfig.builder()
            .responseModalities("TEXT", "IMAGE")
            .imageConfig(ImageConfig.builder().aspectRatio("9:16").imageSize("1K"))
            .build());
  }

  @Test
  void imageComesAmongTheParts() {
    GenerateContentResponse response = image();
    assertThat(response.finishReason().knownEnum()).isEqualTo(FinishReason.Known.STOP);
    byte[] bytes =
        response.parts().stream()
            .flatMap(part -> part.inlineData().stream())
            .findFirst()
            .orElseThrow()
            .data()
            .orElseThrow();
    BufferedImage image = Samples.decoded(bytes);
    assertThat(image.getWidth()).isEqualTo(768);
    assertThat(image.getHeight()).isEqualTo(1360);
    InvoiceLine line = simulator.invoice().lines().getFirst();
    assertThat(line.step()).isEqualTo("step-1/1");
    assertThat(line.operation()).isEqualTo("image");
    assertThat(line.amount()).isEqualByComparingTo(new BigDecimal("0.0336783"));
  }

  @Test
  void textFollowsTheSchemaAndIsBilledByToken() {
    GenerateContentResponse response =
        client.models.generateContent(
            "gemini-3.5-flash-lite",
            Content.fromParts(
                Part.fromText("read the slide"),
                Part.fromBytes(Samples.jpeg(300, 200), "image/jpeg")),
            GenerateContentConfig.builder()
                .responseMimeType("application/json")
                .responseSchema(
                    Schema.builder()
                        .type(Type.Known.OBJECT)
                        .properties(
                            Map.of(
                                "slides",
                                Schema.builder()
                                    .type(Type.Known.ARRAY)
                                    .items(Schema.builder().type(Type.Known.STRING))
                                    .build())))
                .build());
    JsonNode answer = Json.MAPPER.readTree(response.text());
    assertThat(answer.at("/slides/0").isString()).isTrue();
    int in = response.usageMetadata().orElseThrow().promptTokenCount().orElseThrow();
    int out = response.usageMetadata().orElseThrow().candidatesTokenCount().orElseThrow();
    assertThat(simulator.invoice().total())
        .isEqualByComparingTo(
            new BigDecimal("0.0000003")
                .multiply(BigDecimal.valueOf(in))
                .add(new BigDecimal("0.0000025").multiply(BigDecimal.valueOf(out))));
  }

  @Test
  void refusalsArriveAs200() {
    simulator.faults().put(FaultRule.of(Vendor.GEMINI, FaultKind.REFUSAL).nth(1));
    simulator
        .faults()
        .put(FaultRule.of(Vendor.GEMINI, FaultKind.REFUSAL).reason("finish:IMAGE_SAFETY").nth(2));
    assertThat(image().promptFeedback().orElseThrow().blockReason().orElseThrow().toString())
        .isEqualTo("SAFETY");
    assertThat(image().finishReason().toString()).isEqualTo("IMAGE_SAFETY");
    assertThat(simulator.invoice().lines()).isEmpty();
  }

  @Test
  void textOnlyAnswerHasNoImage() {
    simulator.faults().put(FaultRule.of(Vendor.GEMINI, FaultKind.TEXT_ONLY));
    assertThat(image().parts()).noneMatch(part -> part.inlineData().isPresent());
    assertThat(simulator.invoice().lines()).hasSize(1);
  }

  @Test
  void rateLimitIsAnErrorAndTheWaitIsInItsBody() {
    simulator.faults().put(FaultRule.of(Vendor.GEMINI, FaultKind.RATE_LIMIT).retryAfter(37_000));
    assertThatThrownBy(this::image)
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.code()).isEqualTo(429);
              assertThat(e.status()).isEqualTo("RESOURCE_EXHAUSTED");
            });
    Caller.Reply reply = byHand();
    assertThat(reply.json().at("/error/details/0/violations/0/quotaId").asString())
        .contains("PerMinute");
    assertThat(reply.json().at("/error/details/1/retryDelay").asString()).isEqualTo("37.001s");
  }

  @Test
  void droppedAnswerIsBilled() {
    simulator.faults().put(FaultRule.of(Vendor.GEMINI, FaultKind.DROP_AFTER));
    assertThatThrownBy(this::image).isInstanceOf(RuntimeException.class);
    assertThat(simulator.invoice().linesOf("step-1/1")).hasSize(1);
  }

  private Caller.Reply byHand() {
    String image = Base64.getEncoder().encodeToString(Samples.jpeg(64, 64));
    String body =
        "{\"contents\":[{\"parts\":[{\"text\":\"x\"},{\"inlineData\":{\"data\":\""
            + image
            + "\"}}]}]}";
    return new Caller(simulator)
        .send("POST", "/v1beta/models/" + IMAGE_MODEL + ":generateContent?key=k", "none", body);
  }
}
