package io.kombine.system.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kombine.contracts.ArtifactRef;
import io.kombine.contracts.ContractJson;
import io.kombine.contracts.Money;
import io.kombine.contracts.StepInput;
import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import io.kombine.contracts.StepPrice;
import io.kombine.i2i.provider.gemini.GeminiConfiguration;
import io.kombine.system.simulator.Simulator;
import io.kombine.system.simulator.SimulatorSettings;
import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.fault.FaultKind;
import io.kombine.system.simulator.fault.FaultRule;
import io.kombine.system.simulator.invoice.InvoiceLine;
import io.kombine.system.simulator.invoice.PriceRule;
import io.kombine.worker.provider.CallInput;
import io.kombine.worker.provider.Charge;
import io.kombine.worker.provider.ProducedOutput;
import io.kombine.worker.provider.ProviderOutcome;
import io.kombine.worker.provider.StepProvider;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import tools.jackson.databind.JsonNode;

class GeminiAdapterTests {

  private static final String IMAGES = "gemini-nano-banana-2.1";
  private static final String TEXTS = "gemini-3.5-flash-lite";
  private static final StepPrice.TokenPrices TOKENS =
      new StepPrice.TokenPrices(
          new BigDecimal("0.3"), new BigDecimal("0.3"), new BigDecimal("2.5"));

  private Simulator simulator;
  private AnnotationConfigApplicationContext worker;
  private StepProvider provider;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(SimulatorSettings.defaults());
    worker = Adapters.start(GeminiConfiguration.class, account(simulator.baseUrl().toString()));
    provider = Adapters.provider(worker);
  }

  @AfterEach
  void stop() {
    worker.close();
    simulator.close();
  }

  private static Map<String, Object> account(String baseUrl) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("kombine.providers.gemini.main.api-key", "gemini-secret");
    properties.put("kombine.providers.gemini.main.base-url", baseUrl);
    properties.put("kombine.providers.gemini.main.timeout", "5s");
    return properties;
  }

  private static StepParameters wishes(String size, String format, String ratio) {
    return new StepParameters(null, size, format, 85, ratio, null, null, null, null, null, null);
  }

  private static AdapterCall image(StepParameters wishes, CallInput... inputs) {
    return AdapterCall.of(StepKind.I2I, "gemini", "main", IMAGES, wishes, TOKENS, 1, inputs);
  }

  private static AdapterCall image() {
    return image(wishes("1K", "jpeg", null), AdapterCall.jpeg(300, 200));
  }

  private static AdapterCall analysis(CallInput... inputs) {
    return AdapterCall.of(
        StepKind.ANALYSIS, "gemini", "main", TEXTS, StepParameters.NONE, TOKENS, 1, inputs);
  }

  private static AdapterCall analysis() {
    return analysis(AdapterCall.jpeg(300, 200), AdapterCall.jpeg(200, 200));
  }

  private static FaultRule rule(FaultKind kind) {
    return FaultRule.of(Vendor.GEMINI, kind);
  }

  @Test
  void imageComesBackInTheAskedFormatAndCostsWhatIsOnTheInvoice() throws Exception {
    AdapterCall call =
        image(wishes("1K", "jpeg", "9:16"), AdapterCall.jpeg(300, 200), AdapterCall.jpeg(200, 200));
    BigDecimal listPrice = call.step().price().amount().amount();
    simulator.prices().prepend(List.of(new PriceRule("gemini:image:*:*", listPrice)));

    ProviderOutcome outcome = provider.call(call);

    ProducedOutput output = output(outcome);
    assertThat(output.mediaType()).isEqualTo("image/jpeg");
    assertThat(decoded(output).getHeight()).isEqualTo(1360);
    InvoiceLine line = onlyLine();
    assertThat(line.operation()).isEqualTo("image");
    assertThat(line.step()).isEqualTo(call.idempotencyKey());
    assertThat(line.stepId()).isEqualTo(call.step().stepId().toString());
    assertThat(cost(outcome, call)).isEqualByComparingTo(line.amount());
    assertThat(line.amount()).isGreaterThan(listPrice);
  }

  @Test
  void pngStaysAsItCame() throws Exception {
    assertThat(output(provider.call(image(wishes("1K", "png", "1:1")))).mediaType())
        .isEqualTo("image/png");
  }

  @Test
  void analysisIsAJsonObjectOfTheAskedShapeAndPricedByToken() throws Exception {
    AdapterCall call = analysis();

    ProviderOutcome outcome = provider.call(call);

    ProducedOutput output = output(outcome);
    assertThat(output.mediaType()).isEqualTo("application/json");
    JsonNode json = ContractJson.mapper().readTree(bytes(output));
    assertThat(json.at("/style/words/0").isString()).isTrue();
    assertThat(json.at("/images/0/subject").isString()).isTrue();
    assertThat(onlyLine().operation()).isEqualTo("text");
    assertThat(cost(outcome, call)).isEqualByComparingTo(onlyLine().amount());
  }

  @Test
  void whatAnAnalysisFoundGoesIntoTheImagesPrompt() throws Exception {
    byte[] found = "{\"mood\":\"moonlit\"}".getBytes(StandardCharsets.UTF_8);
    CallInput analysis =
        new CallInput(
            StepInput.Role.ANALYSIS,
            new ArtifactRef(
                "0".repeat(64), "application/json", found.length, null, null, null, null),
            () -> new ByteArrayInputStream(found));
    simulator.faults().put(rule(FaultKind.REFUSAL).prompt("straw hat(.|\\n)*moonlit"));

    assertThat(
            provider.call(image(wishes("1K", "jpeg", null), AdapterCall.jpeg(300, 200), analysis)))
        .isInstanceOf(ProviderOutcome.Policy.class);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(rule(FaultKind.REFUSAL), ProviderOutcome.Policy.class, Charge.none(), 0),
        Arguments.of(
            rule(FaultKind.REFUSAL).reason("PROHIBITED_CONTENT"),
            ProviderOutcome.Policy.class,
            Charge.none(),
            0),
        Arguments.of(
            rule(FaultKind.REFUSAL).reason("finish:IMAGE_SAFETY"),
            ProviderOutcome.Policy.class,
            Charge.none(),
            0),
        Arguments.of(
            rule(FaultKind.REFUSAL).reason("finish:NO_IMAGE"),
            ProviderOutcome.Retry.class,
            Charge.none(),
            0),
        Arguments.of(
            rule(FaultKind.REFUSAL).reason("finish:MAX_TOKENS"),
            ProviderOutcome.Input.class,
            Charge.none(),
            0),
        Arguments.of(rule(FaultKind.BILLING), ProviderOutcome.Billing.class, Charge.none(), 0),
        Arguments.of(rule(FaultKind.UNAUTHORIZED), ProviderOutcome.Auth.class, Charge.none(), 0),
        Arguments.of(rule(FaultKind.NO_CAPACITY), ProviderOutcome.Wait.class, Charge.none(), 0),
        Arguments.of(
            rule(FaultKind.SERVER_ERROR).status(500),
            ProviderOutcome.Retry.class,
            Charge.none(),
            0),
        Arguments.of(
            rule(FaultKind.SERVER_ERROR).status(503),
            ProviderOutcome.Retry.class,
            Charge.none(),
            0),
        Arguments.of(
            rule(FaultKind.DROP_BEFORE), ProviderOutcome.Ambiguous.class, Charge.unknown(), 0),
        Arguments.of(
            rule(FaultKind.DROP_AFTER), ProviderOutcome.Ambiguous.class, Charge.unknown(), 1),
        Arguments.of(
            rule(FaultKind.LATENCY).millis(7000),
            ProviderOutcome.Ambiguous.class,
            Charge.unknown(),
            1),
        Arguments.of(rule(FaultKind.MALFORMED), ProviderOutcome.Retry.class, Charge.asPriced(), 1),
        Arguments.of(rule(FaultKind.TRUNCATED), ProviderOutcome.Retry.class, Charge.asPriced(), 1));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void faultHasItsOutcomeAndIsBilledNoMoreThanOnce(
      FaultRule fault, Class<? extends ProviderOutcome> outcome, Charge charge, int billed)
      throws Exception {
    // why one before: a kept connection is where HTTP clients send again by themselves
    output(provider.call(image()));
    simulator.faults().put(fault);

    ProviderOutcome met = provider.call(image());

    assertThat(met).isInstanceOf(outcome);
    assertThat(met.charge()).isEqualTo(charge);
    assertThat(simulator.invoice().lines()).hasSize(1 + billed);
    assertThat(simulator.faults().list())
        .singleElement()
        .satisfies(s -> assertThat(s.fired()).isOne());
    assertThat(met.toString()).doesNotContain("gemini-secret");
  }

  @Test
  void answerInWordsIsTriedAgainAndCostsItsTokens() throws Exception {
    simulator.faults().put(rule(FaultKind.TEXT_ONLY));
    AdapterCall call = image();

    ProviderOutcome outcome = provider.call(call);

    assertThat(outcome).isInstanceOf(ProviderOutcome.Retry.class);
    assertThat(cost(outcome, call)).isEqualByComparingTo(onlyLine().amount());
  }

  @Test
  void waitIsAsLongAsTheBodySays() throws Exception {
    simulator.faults().put(rule(FaultKind.RATE_LIMIT).retryAfter(37_000L).nth(1));
    simulator.faults().put(rule(FaultKind.RATE_LIMIT).nth(2));
    simulator
        .faults()
        .put(rule(FaultKind.QUOTA).reason("GenerateRequestsPerDayPerProjectPerModel").nth(3));

    assertThat(waiting(image())).isEqualTo(Duration.ofMillis(37_001));
    assertThat(waiting(image())).isEqualTo(Duration.ofSeconds(2));
    assertThat(waiting(analysis()))
        .isGreaterThan(Duration.ZERO)
        .isLessThanOrEqualTo(Duration.ofHours(25))
        .isNotEqualTo(Duration.ofSeconds(2));
  }

  private Duration waiting(AdapterCall call) throws InterruptedException {
    ProviderOutcome outcome = provider.call(call);
    assertThat(outcome).isInstanceOf(ProviderOutcome.Wait.class);
    return ((ProviderOutcome.Wait) outcome).pause();
  }

  @ParameterizedTest
  @CsvSource({"502,Retry", "429,Wait", "401,Auth", "404,Input", "413,Input", "307,Input"})
  void gatewaysStatusCountsWithoutAWordOfTheProviders(int status, String outcome) throws Exception {
    try (Gateway gateway = new Gateway(status);
        AnnotationConfigApplicationContext other =
            Adapters.start(GeminiConfiguration.class, account(gateway.baseUrl()))) {
      ProviderOutcome met = Adapters.provider(other).call(image());

      assertThat(met.getClass().getSimpleName()).isEqualTo(outcome);
      assertThat(met.charge()).isEqualTo(Charge.none());
      assertThat(gateway.posts()).isOne();
    }
  }

  @Test
  void whatGeminiCannotDoIsNeverSent() throws Exception {
    CallInput[] many = new CallInput[15];
    Arrays.fill(many, AdapterCall.jpeg(64, 64));
    for (AdapterCall call :
        List.of(
            image(wishes("8K", "jpeg", null)),
            image(wishes("1K", "webp", null)),
            image(wishes("1K", "jpeg", "7:5")),
            image(wishes("1K", "jpeg", null), many),
            AdapterCall.of(StepKind.I2I, "gemini", "main", IMAGES, StepParameters.NONE, TOKENS, 2),
            analysis(new CallInput[0]))) {
      assertThat(provider.call(call)).isInstanceOf(ProviderOutcome.Input.class);
    }
    assertThat(simulator.stats().keys()).isEmpty();
  }

  @Test
  void callThatWasNeverSentIsTriedAgain() throws Exception {
    simulator.close();
    assertThat(provider.call(image()))
        .isInstanceOf(ProviderOutcome.Retry.class)
        .extracting(ProviderOutcome::charge)
        .isEqualTo(Charge.none());
  }

  @Test
  void interruptedCallGivesUpWithinASecond() throws Exception {
    simulator.faults().put(rule(FaultKind.LATENCY).millis(1_900));
    CompletableFuture<String> end = new CompletableFuture<>();
    Thread caller =
        Thread.startVirtualThread(() -> {
          try {
            end.complete(provider.call(image()).toString());
          } catch (InterruptedException e) {
            end.complete("interrupted");
          }
        });
    Awaitility.await().until(() -> simulator.invoice().lines().size() == 1);

    caller.interrupt();

    assertThat(end.get(1, TimeUnit.SECONDS)).isEqualTo("interrupted");
    assertThat(simulator.invoice().lines()).hasSize(1);
  }

  @Test
  void withoutAnAccountThereIsNoProvider() {
    try (AnnotationConfigApplicationContext without =
        Adapters.start(GeminiConfiguration.class, Map.of())) {
      assertThat(without.getBeansOfType(StepProvider.class)).isEmpty();
    }
  }

  @Test
  void wrongAccountStopsTheStart() {
    Map<String, Object> wrong = account("ftp://127.0.0.1");
    wrong.put("kombine.providers.gemini.main.api-key", " ");
    assertThatThrownBy(() -> Adapters.start(GeminiConfiguration.class, wrong).close())
        .rootCause()
        .hasMessageContaining("must hold the account's key")
        .hasMessageContaining("base-url must be an http or https address");
  }

  @Test
  void hardTimeoutIsLongerThanTheClientsOwn() {
    assertThat(provider.hardTimeout(image().step())).isGreaterThan(Duration.ofSeconds(5));
    assertThat(provider.resubmitSafe()).isFalse();
    assertThat(provider.findsByIdempotencyKey()).isFalse();
  }

  private InvoiceLine onlyLine() {
    assertThat(simulator.invoice().lines()).hasSize(1);
    return simulator.invoice().lines().getFirst();
  }

  private static BigDecimal cost(ProviderOutcome outcome, AdapterCall call) {
    Money cost = outcome.charge().costAt(call.step().price());
    assertThat(cost).isNotNull();
    return cost.amount();
  }

  private static ProducedOutput output(ProviderOutcome outcome) {
    assertThat(outcome).isInstanceOf(ProviderOutcome.Succeeded.class);
    return ((ProviderOutcome.Succeeded) outcome).outputs().getFirst();
  }

  private static byte[] bytes(ProducedOutput output) {
    return ((ProducedOutput.Content.Bytes) output.content()).value();
  }

  private static BufferedImage decoded(ProducedOutput output) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(bytes(output)));
  }
}
