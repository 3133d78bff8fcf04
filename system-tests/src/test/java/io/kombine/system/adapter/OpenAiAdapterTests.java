package io.kombine.system.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kombine.contracts.Money;
import io.kombine.contracts.StepParameters;
import io.kombine.contracts.StepPrice;
import io.kombine.i2i.provider.openai.OpenAiConfiguration;
import io.kombine.system.simulator.Simulator;
import io.kombine.system.simulator.SimulatorSettings;
import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.fault.FaultKind;
import io.kombine.system.simulator.fault.FaultRule;
import io.kombine.system.simulator.invoice.InvoiceLine;
import io.kombine.worker.provider.Charge;
import io.kombine.worker.provider.ProducedOutput;
import io.kombine.worker.provider.ProviderOutcome;
import io.kombine.worker.provider.StepProvider;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
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

class OpenAiAdapterTests {

  private static final StepParameters SQUARE = StepParameters.image("1024x1024", "low", "jpeg", 85);

  private Simulator simulator;
  private AnnotationConfigApplicationContext worker;
  private StepProvider provider;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(SimulatorSettings.defaults());
    worker = Adapters.start(OpenAiConfiguration.class, account(simulator.baseUrl() + "/v1"));
    provider = Adapters.provider(worker);
  }

  @AfterEach
  void stop() {
    worker.close();
    simulator.close();
  }

  private static Map<String, Object> account(String baseUrl) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("kombine.providers.openai.main.api-key", "sk-secret");
    properties.put("kombine.providers.openai.main.base-url", baseUrl);
    properties.put("kombine.providers.openai.main.timeout", "2s");
    return properties;
  }

  private static AdapterCall edit() {
    return AdapterCall.image("gpt-image-1", SQUARE, null, 1, AdapterCall.jpeg(300, 200));
  }

  @Test
  void editedImagesComeBackAndAreBilledOnceToTheirAttempt() throws Exception {
    AdapterCall call =
        AdapterCall.image("gpt-image-1", SQUARE, null, 2, AdapterCall.jpeg(300, 200));

    ProviderOutcome outcome = provider.call(call);

    assertThat(outcome.charge()).isEqualTo(Charge.asPriced());
    List<ProducedOutput> outputs = outputs(outcome);
    assertThat(outputs).hasSize(2);
    assertThat(outputs.getFirst().mediaType()).isEqualTo("image/jpeg");
    assertThat(decoded(outputs.getFirst()).getWidth()).isEqualTo(1024);
    assertThat(simulator.invoice().lines()).hasSize(1);
    InvoiceLine line = simulator.invoice().lines().getFirst();
    assertThat(line.operation()).isEqualTo("images.edit");
    assertThat(line.step()).isEqualTo(call.idempotencyKey());
    assertThat(line.stepId()).isEqualTo(call.step().stepId().toString());
  }

  @Test
  void stepWithoutImagesMakesANewOne() throws Exception {
    StepParameters wide =
        new StepParameters(null, "low", "png", null, "16:9", null, null, null, null, null, null);
    ProviderOutcome outcome = provider.call(AdapterCall.image("gpt-image-1", wide, null, 1));

    BufferedImage image = decoded(outputs(outcome).getFirst());
    assertThat(image.getWidth()).isEqualTo(1536);
    assertThat(image.getHeight()).isEqualTo(1024);
    assertThat(outputs(outcome).getFirst().mediaType()).isEqualTo("image/png");
    assertThat(simulator.invoice().lines())
        .singleElement()
        .extracting(InvoiceLine::operation)
        .isEqualTo("images.generate");
  }

  @Test
  void tokensOfSeveralInputsCostWhatIsOnTheInvoice() throws Exception {
    StepPrice.TokenPrices prices =
        new StepPrice.TokenPrices(new BigDecimal("5"), new BigDecimal("8"), new BigDecimal("30"));
    AdapterCall call =
        AdapterCall.image(
            "gpt-image-2.5-flare",
            SQUARE,
            prices,
            1,
            AdapterCall.jpeg(300, 200),
            AdapterCall.jpeg(200, 200));

    ProviderOutcome outcome = provider.call(call);

    assertThat(outcome.charge())
        .isInstanceOfSatisfying(
            Charge.Tokens.class, used -> assertThat(used.imageInput()).isEqualTo(646));
    Money cost = outcome.charge().costAt(call.step().price());
    assertThat(cost.amount()).isEqualByComparingTo(simulator.invoice().lines().getFirst().amount());
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(rule(FaultKind.REFUSAL), ProviderOutcome.Policy.class, Charge.none(), 0),
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
            rule(FaultKind.LATENCY).millis(4000),
            ProviderOutcome.Ambiguous.class,
            Charge.unknown(),
            1),
        Arguments.of(rule(FaultKind.MALFORMED), ProviderOutcome.Retry.class, Charge.asPriced(), 1),
        Arguments.of(rule(FaultKind.TRUNCATED), ProviderOutcome.Retry.class, Charge.asPriced(), 1));
  }

  private static FaultRule rule(FaultKind kind) {
    return FaultRule.of(Vendor.OPENAI, kind);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void faultHasItsOutcomeAndIsBilledNoMoreThanOnce(
      FaultRule fault, Class<? extends ProviderOutcome> outcome, Charge charge, int billed)
      throws Exception {
    // why one before: a kept connection is where HTTP clients send again by themselves
    assertThat(provider.call(edit())).isInstanceOf(ProviderOutcome.Succeeded.class);
    simulator.faults().put(fault);
    AdapterCall call = edit();

    ProviderOutcome met = provider.call(call);

    assertThat(met).isInstanceOf(outcome);
    assertThat(met.charge()).isEqualTo(charge);
    assertThat(simulator.invoice().lines()).hasSize(1 + billed);
    assertThat(simulator.faults().list())
        .singleElement()
        .satisfies(s -> assertThat(s.fired()).isOne());
    assertThat(met.toString()).doesNotContain("sk-secret");
  }

  @Test
  void waitIsAsLongAsOpenAiSays() throws Exception {
    simulator.faults().put(rule(FaultKind.RATE_LIMIT).retryAfter(7_500L).nth(1));
    simulator.faults().put(rule(FaultKind.NO_CAPACITY).nth(2));

    assertThat(provider.call(edit()))
        .isInstanceOfSatisfying(
            ProviderOutcome.Wait.class,
            wait ->
                assertThat(wait.pause())
                    .isBetween(Duration.ofMillis(7_400), Duration.ofMillis(7_600)));
    assertThat(provider.call(edit()))
        .isInstanceOfSatisfying(
            ProviderOutcome.Wait.class,
            wait -> assertThat(wait.pause()).isEqualTo(Duration.ofSeconds(2)));
  }

  @Test
  void whatOpenAiCannotDoEndsTheStep() throws Exception {
    StepParameters odd = StepParameters.image("1000x1000", "low", "jpeg", 85);
    assertThat(provider.call(AdapterCall.image("gpt-image-1", odd, null, 1)))
        .isInstanceOf(ProviderOutcome.Input.class);
    assertThat(provider.call(AdapterCall.image("gpt-image-1", SQUARE, null, 11)))
        .isInstanceOf(ProviderOutcome.Input.class);
    assertThat(simulator.invoice().lines()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"502,Retry", "429,Wait", "401,Auth", "413,Input", "307,Input"})
  void gatewaysStatusCountsWithoutAWordOfTheProviders(int status, String outcome) throws Exception {
    try (Gateway gateway = new Gateway(status);
        AnnotationConfigApplicationContext other =
            Adapters.start(OpenAiConfiguration.class, account(gateway.baseUrl() + "/v1"))) {
      ProviderOutcome met = Adapters.provider(other).call(edit());

      assertThat(met.getClass().getSimpleName()).isEqualTo(outcome);
      assertThat(met.charge()).isEqualTo(Charge.none());
      assertThat(gateway.posts()).isOne();
    }
  }

  @Test
  void callThatWasNeverSentIsTriedAgain() throws Exception {
    simulator.close();
    assertThat(provider.call(edit()))
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
            end.complete(provider.call(edit()).toString());
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
        Adapters.start(OpenAiConfiguration.class, Map.of())) {
      assertThat(without.getBeansOfType(StepProvider.class)).isEmpty();
    }
  }

  @Test
  void wrongAccountStopsTheStart() {
    Map<String, Object> wrong = account("ftp://127.0.0.1");
    wrong.put("kombine.providers.openai.main.api-key", " ");
    assertThatThrownBy(() -> Adapters.start(OpenAiConfiguration.class, wrong).close())
        .rootCause()
        .hasMessageContaining("must hold the account's key")
        .hasMessageContaining("base-url must be an http or https address");
  }

  @Test
  void hardTimeoutIsLongerThanTheClientsOwn() {
    assertThat(provider.hardTimeout(edit().step())).isEqualTo(Duration.ofSeconds(12));
    assertThat(provider.resubmitSafe()).isFalse();
    assertThat(provider.findsByIdempotencyKey()).isFalse();
  }

  private static List<ProducedOutput> outputs(ProviderOutcome outcome) {
    assertThat(outcome).isInstanceOf(ProviderOutcome.Succeeded.class);
    return ((ProviderOutcome.Succeeded) outcome).outputs();
  }

  private static BufferedImage decoded(ProducedOutput output) throws IOException {
    byte[] bytes = ((ProducedOutput.Content.Bytes) output.content()).value();
    return ImageIO.read(new ByteArrayInputStream(bytes));
  }
}
