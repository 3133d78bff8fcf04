package io.kombine.system.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kombine.contracts.StepKind;
import io.kombine.contracts.StepParameters;
import io.kombine.contracts.StopOutcome;
import io.kombine.i2v.provider.fal.FalConfiguration;
import io.kombine.system.simulator.Simulator;
import io.kombine.system.simulator.SimulatorSettings;
import io.kombine.system.simulator.call.Vendor;
import io.kombine.system.simulator.desk.WorkTimes;
import io.kombine.system.simulator.fault.FaultKind;
import io.kombine.system.simulator.fault.FaultRule;
import io.kombine.system.simulator.invoice.InvoiceLine;
import io.kombine.system.simulator.limit.LimitSettings;
import io.kombine.worker.provider.CallInput;
import io.kombine.worker.provider.Charge;
import io.kombine.worker.provider.ProducedOutput;
import io.kombine.worker.provider.ProviderOutcome;
import io.kombine.worker.provider.StepProvider;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class FalAdapterTests {

  private static final String EARLY = "fal-ai/kling-video/v2.5-turbo/pro/image-to-video";
  private static final String LATER = "fal-ai/kling-video/v2.6/pro/image-to-video";
  private static final StepParameters FIVE_SECONDS =
      StepParameters.video("1080p", BigDecimal.valueOf(5), null);

  private final List<Path> videos = new ArrayList<>();
  private Simulator simulator;
  private AnnotationConfigApplicationContext worker;
  private StepProvider provider;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(oneAtOnce(300));
    worker = Adapters.start(FalConfiguration.class, account(simulator.baseUrl().toString()));
    provider = Adapters.provider(worker);
  }

  private static SimulatorSettings oneAtOnce(long workMillis) {
    SimulatorSettings settings = SimulatorSettings.defaults();
    return settings.with(
        Vendor.FAL,
        settings
            .of(Vendor.FAL)
            .with(new LimitSettings(1_000, 60_000, 1, true))
            .with(new WorkTimes.Range(workMillis, workMillis)));
  }

  @AfterEach
  void stop() throws IOException {
    worker.close();
    simulator.close();
    for (Path video : videos) {
      Files.deleteIfExists(video);
    }
  }

  private static Map<String, Object> account(String baseUrl) {
    Map<String, Object> properties = new HashMap<>();
    String account = "kombine.providers.fal.main.";
    properties.put(account + "api-key", "fal-secret");
    properties.put(account + "base-url", baseUrl);
    properties.put(account + "poll-interval", "100ms");
    properties.put(account + "request-timeout", "2s");
    properties.put(account + "timeout", "20s");
    return properties;
  }

  private static AdapterCall call(String app, StepParameters parameters, CallInput... inputs) {
    return AdapterCall.of(StepKind.I2V, "fal", "main", app, parameters, null, 1, inputs);
  }

  private static AdapterCall call() {
    return call(EARLY, FIVE_SECONDS, AdapterCall.jpeg(640, 360));
  }

  private static FaultRule onSubmit(FaultKind kind) {
    return FaultRule.of(Vendor.FAL, kind).on("submit");
  }

  @ParameterizedTest
  @ValueSource(strings = {EARLY, LATER})
  void videoComesBackMeasuredAndIsBilledOnceToItsAttempt(String app) throws Exception {
    AdapterCall call = call(app, FIVE_SECONDS, AdapterCall.jpeg(640, 360));

    ProducedOutput output = video(provider.call(call));

    assertThat(output.mediaType()).isEqualTo("video/mp4");
    assertThat(output.seconds()).isBetween(new BigDecimal("4.9"), new BigDecimal("5.2"));
    assertThat(output.widthPx()).isGreaterThan(output.heightPx());
    assertThat(output.thumbnail()).isNotEmpty();
    InvoiceLine line = onlyLine();
    assertThat(line.step()).isEqualTo(call.idempotencyKey());
    assertThat(call.submitted).containsExactly(line.taskId());
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(onSubmit(FaultKind.REFUSAL), ProviderOutcome.Policy.class, Charge.none(), 1),
        Arguments.of(onSubmit(FaultKind.BILLING), ProviderOutcome.Billing.class, Charge.none(), 0),
        Arguments.of(
            onSubmit(FaultKind.UNAUTHORIZED), ProviderOutcome.Auth.class, Charge.none(), 0),
        Arguments.of(onSubmit(FaultKind.RATE_LIMIT), ProviderOutcome.Wait.class, Charge.none(), 0),
        Arguments.of(
            onSubmit(FaultKind.SERVER_ERROR).status(503),
            ProviderOutcome.Retry.class,
            Charge.none(),
            0),
        Arguments.of(
            onSubmit(FaultKind.DROP_BEFORE), ProviderOutcome.Ambiguous.class, Charge.unknown(), 0),
        Arguments.of(
            onSubmit(FaultKind.DROP_AFTER), ProviderOutcome.Ambiguous.class, Charge.unknown(), 1),
        Arguments.of(
            onSubmit(FaultKind.TRUNCATED), ProviderOutcome.Ambiguous.class, Charge.unknown(), 1),
        Arguments.of(
            onSubmit(FaultKind.LATENCY).millis(3000),
            ProviderOutcome.Ambiguous.class,
            Charge.unknown(),
            1),
        Arguments.of(
            onSubmit(FaultKind.DELAY).millis(3000),
            ProviderOutcome.Ambiguous.class,
            Charge.unknown(),
            1),
        Arguments.of(
            onSubmit(FaultKind.MALFORMED), ProviderOutcome.Succeeded.class, Charge.asPriced(), 1),
        Arguments.of(
            onSubmit(FaultKind.TASK_FAILURE), ProviderOutcome.Retry.class, Charge.none(), 1));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void faultHasItsOutcomeAndSubmitsNoMoreThanOnce(
      FaultRule fault, Class<? extends ProviderOutcome> outcome, Charge charge, int requests)
      throws Exception {
    // why one before: a kept connection is where HTTP clients send again by themselves
    video(provider.call(call()));
    simulator.faults().put(fault);
    AdapterCall call = call();

    ProviderOutcome met = provider.call(call);

    remember(met);
    assertThat(met).isInstanceOf(outcome);
    assertThat(met.charge()).isEqualTo(charge);
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(simulator.invoice().linesOf(call.idempotencyKey())).hasSize(requests));
    assertThat(simulator.faults().list().getFirst().fired()).isOne();
    if (requests == 1) {
      assertThat(simulator.invoice().lines().getLast().due().signum() > 0)
          .isEqualTo(!(charge instanceof Charge.None));
    }
    assertThat(met.toString()).doesNotContain("fal-secret");
  }

  @Test
  void requestThatWaitsIsTakenOutOfTheQueueAndPaidBack() throws Exception {
    restart(oneAtOnce(3_000));
    CompletableFuture<ProviderOutcome> first = started(call());
    Awaitility.await().until(() -> simulator.invoice().lines().size() == 1);
    AdapterCall second = call();
    second.whenSubmitted = second::cancel;

    ProviderOutcome stopped = provider.call(second);

    assertThat(stopped)
        .isInstanceOfSatisfying(
            ProviderOutcome.Stopped.class,
            each -> assertThat(each.stopped()).isEqualTo(StopOutcome.STOPPED_FREE));
    assertThat(stopped.charge()).isEqualTo(Charge.none());
    assertThat(simulator.invoice().linesOf(second.idempotencyKey()))
        .singleElement()
        .matches(InvoiceLine::refunded);
    video(first.get(20, TimeUnit.SECONDS));
  }

  @Test
  void requestThatHasBegunIsFinishedAndKeptSinceItIsPaid() throws Exception {
    AdapterCall call = call();
    call.whenSubmitted = call::cancel;

    video(provider.call(call));

    assertThat(onlyLine().refunded()).isFalse();
  }

  @Test
  void takenRequestIsAskedForByItsId() throws Exception {
    AdapterCall call = call();
    video(provider.call(call));

    assertThat(provider.findsByIdempotencyKey()).isFalse();
    video(provider.ask(call, call.submitted.getFirst()).orElseThrow());
    onlyLine();
  }

  @Test
  void requestThatFalNoLongerKnowsIsHeldForADecision() throws Exception {
    assertThat(provider.ask(call(), "no-such-request").orElseThrow())
        .isInstanceOf(ProviderOutcome.Ambiguous.class);
    assertThat(simulator.invoice().lines()).isEmpty();
  }

  @Test
  void troubleWithPollingAndDownloadIsRiddenOut() throws Exception {
    simulator.faults().put(FaultRule.of(Vendor.FAL, FaultKind.SERVER_ERROR).on("status").times(2));
    simulator.faults().put(FaultRule.of(Vendor.FAL, FaultKind.TRUNCATED).on("download").nth(1));

    video(provider.call(call()));

    onlyLine();
    assertThat(simulator.faults().list()).allSatisfy(s -> assertThat(s.fired()).isPositive());
  }

  @Test
  void paidVideoOutOfReachIsHeldForADecision() throws Exception {
    simulator.faults().put(onSubmit(FaultKind.EXPIRED_URL));

    assertThat(provider.call(call()))
        .isInstanceOf(ProviderOutcome.Ambiguous.class)
        .extracting(ProviderOutcome::charge)
        .isEqualTo(Charge.asPriced());
    onlyLine();
  }

  @Test
  void waitIsAsLongAsFalSays() throws Exception {
    simulator.faults().put(onSubmit(FaultKind.RATE_LIMIT).retryAfter(7_000L));

    assertThat(provider.call(call()))
        .isInstanceOfSatisfying(
            ProviderOutcome.Wait.class,
            wait -> assertThat(wait.pause()).isEqualTo(Duration.ofSeconds(8)));
  }

  @ParameterizedTest
  @CsvSource({"502,Retry", "429,Wait", "401,Auth", "402,Billing", "413,Input", "307,Input"})
  void gatewaysStatusCountsWithoutAWordOfTheProviders(int status, String outcome) throws Exception {
    try (Gateway gateway = new Gateway(status);
        AnnotationConfigApplicationContext other =
            Adapters.start(FalConfiguration.class, account(gateway.baseUrl()))) {
      ProviderOutcome met = Adapters.provider(other).call(call());

      assertThat(met.getClass().getSimpleName()).isEqualTo(outcome);
      assertThat(met.charge()).isEqualTo(Charge.none());
      assertThat(gateway.posts()).isOne();
    }
  }

  @Test
  void whatFalCannotDoIsNeverSent() throws Exception {
    StepParameters seven = StepParameters.video("1080p", BigDecimal.valueOf(7), null);
    StepParameters small = StepParameters.video("720p", BigDecimal.valueOf(5), null);
    for (AdapterCall call :
        List.of(
            call(EARLY, seven, AdapterCall.jpeg(640, 360)),
            call(EARLY, small, AdapterCall.jpeg(640, 360)),
            call(EARLY, FIVE_SECONDS, AdapterCall.jpeg(299, 360)),
            call("../fal-ai/kling-video", FIVE_SECONDS, AdapterCall.jpeg(640, 360)),
            call(EARLY, FIVE_SECONDS))) {
      assertThat(provider.call(call)).isInstanceOf(ProviderOutcome.Input.class);
    }
    assertThat(simulator.stats().keys()).isEmpty();
  }

  @Test
  void unreachableFalIsTriedAgain() throws Exception {
    simulator.close();
    assertThat(provider.call(call()))
        .isInstanceOf(ProviderOutcome.Retry.class)
        .extracting(ProviderOutcome::charge)
        .isEqualTo(Charge.none());
  }

  @Test
  void accountWithoutAKeyStopsTheStart() {
    Map<String, Object> none = account("ftp://127.0.0.1");
    none.put("kombine.providers.fal.main.api-key", " ");
    assertThatThrownBy(() -> Adapters.start(FalConfiguration.class, none).close())
        .rootCause()
        .hasMessageContaining("must hold the account's key")
        .hasMessageContaining("base-url must be an http or https address");
  }

  private void restart(SimulatorSettings settings) throws IOException {
    stop();
    simulator = Simulator.start(settings);
    worker = Adapters.start(FalConfiguration.class, account(simulator.baseUrl().toString()));
    provider = Adapters.provider(worker);
  }

  private CompletableFuture<ProviderOutcome> started(AdapterCall call) {
    CompletableFuture<ProviderOutcome> end = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        end.complete(provider.call(call));
      } catch (InterruptedException e) {
        end.completeExceptionally(e);
      }
    });
    return end;
  }

  private InvoiceLine onlyLine() {
    assertThat(simulator.invoice().lines()).hasSize(1);
    return simulator.invoice().lines().getFirst();
  }

  private ProducedOutput video(ProviderOutcome outcome) {
    assertThat(outcome).isInstanceOf(ProviderOutcome.Succeeded.class);
    remember(outcome);
    return ((ProviderOutcome.Succeeded) outcome).outputs().getFirst();
  }

  private void remember(ProviderOutcome outcome) {
    if (outcome instanceof ProviderOutcome.Succeeded succeeded) {
      succeeded.outputs().stream()
          .map(ProducedOutput::content)
          .forEach(content -> videos.add(((ProducedOutput.Content.TemporaryFile) content).path()));
    }
  }
}
